import { BigintColumn, HashColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** Where a tenant's chain begins since retention, and where it ends: neither can be moved without the key. */
@Entity('audit_chain')
export class AuditChainEntity {
  @TenantIdColumn()
  tenantId!: string;

  /** Of the last event that is gone; 0 before any was. */
  @BigintColumn()
  anchorSequence!: number;

  @HashColumn()
  anchorHash!: string;

  @BigintColumn()
  headSequence!: number;

  @HashColumn()
  headHash!: string;

  /** Keyed, over all of the above. */
  @HashColumn()
  stateHash!: string;
}

import { BigintColumn, HashColumn, IdColumn, InstantColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** The place of an event in its tenant's chain. */
@Entity('audit_seal')
export class AuditSealEntity {
  @TenantIdColumn()
  tenantId!: string;

  /** From 1, without a gap. */
  @BigintColumn({ primary: true })
  sequence!: number;

  @IdColumn()
  eventId!: string;

  /** Keyed, over the event and the hash before it. */
  @HashColumn()
  hash!: string;

  @InstantColumn()
  sealedAt!: Date;
}

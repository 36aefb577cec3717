import { BooleanColumn, IdColumn, IdentifierColumn, InstantColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** A domain that a tenant claims, and once the claim is proven, lives at. */
@Entity({ name: 'tenant_domain' })
export class TenantDomainEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** Lower-case, without port. */
  @IdentifierColumn()
  domain!: string;

  /** What the domain's TXT record has to hold. */
  @IdentifierColumn()
  token!: string;

  @BooleanColumn()
  verified!: boolean;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  verifiedAt!: Date | null;
}

import { HashColumn, IdColumn, InstantColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** A one-time link for the first administrator of a fresh install. */
@Entity('setup_token')
export class SetupTokenEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @HashColumn()
  hash!: string;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  redeemedAt!: Date | null;
}

import { HashColumn, IdColumn, IdentifierColumn, InstantColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

@Entity({ name: 'client_secret' })
export class ClientSecretEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** Row id of the client. */
  @IdColumn()
  clientId!: string;

  @TextColumn()
  name!: string;

  @IdentifierColumn()
  prefix!: string;

  @HashColumn()
  hash!: string;

  @TextColumn({ nullable: true })
  sealed!: string | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  expiresAt!: Date | null;

  @InstantColumn({ nullable: true })
  lastUsedAt!: Date | null;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;
}

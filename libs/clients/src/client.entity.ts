import { IdColumn, IdentifierColumn, InstantColumn, JsonColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import type { SecurityProfile } from '@tokenidp/tenancy';
import { Entity } from 'typeorm';
import type { ClientMetadata, ClientOrigin, ClientPolicy, ClientStatus, ClientType } from './client';

/** What is not a column of its own, with its wire names. */
export type StoredMetadata = Omit<ClientMetadata & ClientPolicy, 'type' | 'client_name' | 'security_profile'>;

@Entity({ name: 'client' })
export class ClientEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @IdentifierColumn()
  clientId!: string;

  @IdentifierColumn()
  type!: ClientType;

  @TextColumn({ length: 400 })
  name!: string;

  @IdentifierColumn()
  status!: ClientStatus;

  @IdentifierColumn()
  origin!: ClientOrigin;

  @IdentifierColumn()
  securityProfile!: SecurityProfile;

  @JsonColumn()
  metadata!: StoredMetadata;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;

  @InstantColumn({ nullable: true })
  lastUsedAt!: Date | null;
}

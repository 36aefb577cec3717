import { IdColumn, InstantColumn, JsonColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** What a user allowed a client, remembered: one row for the two of them. */
@Entity('consent')
export class Consent {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  userId!: string;

  /** row id of the client */
  @IdColumn()
  clientId!: string;

  /** the provider's own scopes (openid, profile, …), space-separated */
  @TextColumn()
  scope!: string;

  /** scopes of each API, by its identifier: the same name at another API is another scope */
  @JsonColumn()
  resources!: Record<string, string[]>;

  /** of authorization details that were agreed to */
  @JsonColumn({ nullable: true })
  detailHashes!: string[] | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;
}

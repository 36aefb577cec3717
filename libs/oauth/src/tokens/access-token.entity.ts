import { HashColumn, IdColumn, InstantColumn, JsonColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** One opaque access token, by hash. JWT access tokens are not stored. */
@Entity('access_token')
export class AccessToken {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** SHA-256 of the token */
  @HashColumn()
  hash!: string;

  /** null for a token that a client got for itself */
  @IdColumn({ nullable: true })
  authorizationId!: string | null;

  /** row id of the client */
  @IdColumn()
  clientId!: string;

  @IdColumn({ nullable: true })
  userId!: string | null;

  @TextColumn()
  scope!: string;

  @JsonColumn()
  audience!: string[];

  /** what the JWT would have said (RFC 9068 §2.2) */
  @JsonColumn()
  claims!: Record<string, unknown>;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;
}

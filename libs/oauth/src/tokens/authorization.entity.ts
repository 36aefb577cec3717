import { IdColumn, InstantColumn, JsonColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import type { AuthorizationDetail, ClaimsRequest } from '@tokenidp/kernel';
import { Entity } from 'typeorm';

/** What one client was given by one user (or, without a user, has of itself). Tokens hang from it and fall with it. */
@Entity('authorization')
export class Authorization {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** row id of the client */
  @IdColumn()
  clientId!: string;

  @IdColumn({ nullable: true })
  userId!: string | null;

  /** no foreign key: sessions are purged, authorizations with `offline_access` outlive them */
  @IdColumn({ nullable: true })
  sessionId!: string | null;

  /** what was granted, space-separated */
  @TextColumn()
  scope!: string;

  /** the `resource` values of the request, empty when it had none (RFC 8707 §2.1) */
  @JsonColumn()
  resources!: string[];

  /** as granted (RFC 9396 §2) */
  @JsonColumn({ nullable: true })
  authorizationDetails!: AuthorizationDetail[] | null;

  /** the `claims` parameter, as it was narrowed (OIDC Core §5.5) */
  @JsonColumn({ nullable: true })
  claims!: ClaimsRequest | null;

  @InstantColumn({ nullable: true })
  authTime!: Date | null;

  @TextColumn({ nullable: true })
  acr!: string | null;

  @JsonColumn({ nullable: true })
  amr!: string[] | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;

  @TextColumn({ nullable: true })
  revokeReason!: string | null;
}

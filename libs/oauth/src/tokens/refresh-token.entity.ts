import { HashColumn, IdColumn, InstantColumn, JsonColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';
import type { Confirmation } from './confirmation';

/** One refresh token, by hash. It falls with its authorization, so that a whole family is revoked in one row. */
@Entity('refresh_token')
export class RefreshToken {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** SHA-256 of the token */
  @HashColumn()
  hash!: string;

  @IdColumn()
  authorizationId!: string;

  /** the token this one succeeded; null for the first of a family */
  @IdColumn({ nullable: true })
  parentId!: string | null;

  /** space-separated; handed on unchanged, also when a request narrows what its access token may do */
  @TextColumn()
  scope!: string;

  /** the key that a public client has to prove at each use; null for a client that authenticates */
  @JsonColumn({ nullable: true })
  confirmation!: Confirmation | null;

  @InstantColumn()
  createdAt!: Date;

  /** moved by each use of a token that does not rotate */
  @InstantColumn()
  idleExpiresAt!: Date;

  /** never moves; a successor inherits it */
  @InstantColumn()
  absoluteExpiresAt!: Date;

  @InstantColumn({ nullable: true })
  lastUsedAt!: Date | null;

  @InstantColumn({ nullable: true })
  rotatedAt!: Date | null;

  @IdColumn({ nullable: true })
  successorId!: string | null;

  /** when a client that had lost the answer was given the same successor again */
  @InstantColumn({ nullable: true })
  graceUsedAt!: Date | null;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;
}

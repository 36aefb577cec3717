import {
  HashColumn,
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  JsonColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Entity } from 'typeorm';

/** A user's sign-in at the provider, found by the hash of what the browser's cookie holds. */
@Entity('session')
export class SessionEntity {
  @TenantIdColumn()
  tenantId!: string;

  /** also the `sid` of the session's clients */
  @IdColumn({ primary: true })
  id!: string;

  /** SHA-256 of the cookie's reference */
  @HashColumn()
  hash!: string;

  @IdColumn()
  userId!: string;

  @InstantColumn()
  authTime!: Date;

  @IdentifierColumn()
  acr!: string;

  @JsonColumn()
  amr!: string[];

  @TextColumn()
  ip!: string;

  @TextColumn({ nullable: true })
  userAgent!: string | null;

  @InstantColumn()
  createdAt!: Date;

  /** up to a minute behind */
  @InstantColumn()
  lastSeenAt!: Date;

  @InstantColumn()
  idleExpiresAt!: Date;

  @InstantColumn()
  absoluteExpiresAt!: Date;

  @InstantColumn({ nullable: true })
  endedAt!: Date | null;
}

/** A client that takes part in a session, so that signing out reaches it. */
@Entity('session_client')
export class SessionClientEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  sessionId!: string;

  /** row id */
  @IdColumn({ primary: true })
  clientId!: string;

  @InstantColumn()
  createdAt!: Date;
}

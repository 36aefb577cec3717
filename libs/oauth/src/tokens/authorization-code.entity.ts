import { HashColumn, IdColumn, InstantColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** One authorization code, by hash; its client is that of the authorization. */
@Entity('authorization_code')
export class AuthorizationCode {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** SHA-256 of the code */
  @HashColumn()
  hash!: string;

  @IdColumn()
  authorizationId!: string;

  /** as sent in the request; null when it was not sent (RFC 6749 §4.1.3) */
  @TextColumn({ nullable: true })
  redirectUri!: string | null;

  /** S256 */
  @TextColumn({ nullable: true })
  codeChallenge!: string | null;

  @TextColumn({ nullable: true })
  nonce!: string | null;

  @TextColumn({ nullable: true })
  dpopJkt!: string | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  redeemedAt!: Date | null;
}

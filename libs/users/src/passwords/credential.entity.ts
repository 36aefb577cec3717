import {
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  IntegerColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Entity, Index } from 'typeorm';

export type CredentialType = 'password' | 'totp' | 'passkey' | 'recovery-code' | 'user-code';

@Entity('credential')
@Index('credential_of_user', ['tenantId', 'userId', 'type'])
@Index('credential_one_password', ['tenantId', 'userId'], { unique: true, where: `"type" = 'password'` })
@Index('credential_one_user_code', ['tenantId', 'userId'], { unique: true, where: `"type" = 'user-code'` })
export class CredentialEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  userId!: string;

  @IdentifierColumn()
  type!: CredentialType;

  @TextColumn({ nullable: true })
  name!: string | null;

  /** A password's hash with its pepper's id in front, a sealed seed, a public key. */
  @TextColumn()
  secret!: string;

  /** Consecutive ones, since the last success. */
  @IntegerColumn()
  failures!: number;

  @InstantColumn({ nullable: true })
  lastFailureAt!: Date | null;

  /** No attempt counts before this instant. */
  @InstantColumn({ nullable: true })
  blockedUntil!: Date | null;

  /** Too many failures: of no use until it is set anew. */
  @InstantColumn({ nullable: true })
  disabledAt!: Date | null;

  @InstantColumn({ nullable: true })
  lastUsedAt!: Date | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;
}

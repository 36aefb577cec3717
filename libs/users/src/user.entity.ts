import {
  BooleanColumn,
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  JsonColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Check, Entity, Index } from 'typeorm';
import type { StandardClaims } from './claims/standard-claims';
import type { UserStatus } from './user';

@Entity('user')
@Index('user_username', ['tenantId', 'usernameNormal'], { unique: true })
@Index('user_email', ['tenantId', 'emailNormal'], { unique: true, where: '"emailNormal" IS NOT NULL' })
@Check('user_one_meaning', `"usernameNormal" NOT LIKE '%@%' OR "usernameNormal" = COALESCE("emailNormal", '')`)
export class UserEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @TextColumn()
  username!: string;

  /** See `normaliseLogin`. */
  @IdentifierColumn()
  usernameNormal!: string;

  @TextColumn({ nullable: true })
  email!: string | null;

  @IdentifierColumn({ nullable: true })
  emailNormal!: string | null;

  @BooleanColumn()
  emailVerified!: boolean;

  @TextColumn({ nullable: true })
  phoneNumber!: string | null;

  @BooleanColumn()
  phoneNumberVerified!: boolean;

  @IdentifierColumn()
  status!: UserStatus;

  @IdentifierColumn({ nullable: true })
  locale!: string | null;

  @JsonColumn()
  claims!: StandardClaims;

  @JsonColumn()
  attributes!: Record<string, unknown>;

  /** The password has to be changed before the user goes on. */
  @InstantColumn({ nullable: true })
  passwordExpiredAt!: Date | null;

  @InstantColumn({ nullable: true })
  lastSignInAt!: Date | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;
}

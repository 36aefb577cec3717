import { HashColumn, InstantColumn, IntegerColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity, Index } from 'typeorm';

/** Failures of names that nobody has, kept so that such a name behaves like one that somebody has (S-136). */
@Entity('unknown_login')
@Index('unknown_login_age', ['lastFailureAt'])
export class UnknownLoginEntity {
  @TenantIdColumn()
  tenantId!: string;

  /** Keyed: people type their password where the name belongs. */
  @HashColumn({ primary: true })
  loginHash!: string;

  @IntegerColumn()
  failures!: number;

  @InstantColumn()
  lastFailureAt!: Date;

  @InstantColumn({ nullable: true })
  blockedUntil!: Date | null;

  @InstantColumn({ nullable: true })
  disabledAt!: Date | null;
}

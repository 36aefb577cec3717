import { HashColumn, IdColumn, InstantColumn, TenantIdColumn, TextColumn } from '@tokenidp/database';
import { Entity, Index } from 'typeorm';

/** A create that may be repeated: which request it was, and what it was answered. */
@Entity('idempotency_key')
@Index('idempotency_key_hash', ['tenantId', 'hash'], { unique: true })
@Index('idempotency_key_by_end', ['expiresAt'])
export class IdempotencyKeyEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  /** Of the caller and the key: two callers may use the same. */
  @HashColumn()
  hash!: string;

  /** Of the place and the content. */
  @HashColumn()
  requestHash!: string;

  /** Sealed: it may hold a secret that is shown once. NULL only inside of the creating transaction. */
  @TextColumn({ nullable: true })
  answer!: string | null;

  @InstantColumn()
  expiresAt!: Date;
}

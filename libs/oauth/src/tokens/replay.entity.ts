import { HashColumn, InstantColumn, TenantIdColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** Something that may be used once and was (the `jti` of a client assertion): the primary key is the lock. */
@Entity('replay')
export class Replay {
  @TenantIdColumn()
  tenantId!: string;

  /** SHA-256 over what kind of thing it is, whose, and its identifier */
  @HashColumn({ primary: true })
  key!: string;

  @InstantColumn()
  expiresAt!: Date;
}

import { BigintColumn, IdentifierColumn, InstantColumn } from '@tokenidp/database';
import { Entity } from 'typeorm';

/** How far the sealing of all tenants' events has come; one row. */
@Entity('audit_sealing')
export class AuditSealingEntity {
  @IdentifierColumn({ primary: true })
  name!: string;

  /** Every event up to this position is sealed, and none will come any more. */
  @BigintColumn()
  low!: number;

  /** The next `low`, as soon as everybody who was writing when it was noted has ended. */
  @BigintColumn({ nullable: true })
  mark!: number | null;

  @InstantColumn({ nullable: true })
  markedAt!: Date | null;

  /** PostgreSQL's first transaction that began after the mark. */
  @BigintColumn({ nullable: true })
  horizon!: number | null;
}

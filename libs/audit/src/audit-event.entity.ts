import {
  BigintColumn,
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  IntegerColumn,
  JsonColumn,
  TenantIdColumn,
  TextColumn,
} from '@tokenidp/database';
import { Entity } from 'typeorm';
import type { AuditActorType, AuditEventName, AuditResult } from './events';

@Entity('audit_event')
export class AuditEventEntity {
  @TenantIdColumn()
  tenantId!: string;

  @IdColumn({ primary: true })
  id!: string;

  @InstantColumn()
  occurredAt!: Date;

  @IdentifierColumn()
  event!: AuditEventName;

  @IdentifierColumn()
  result!: AuditResult;

  @IdentifierColumn()
  actorType!: AuditActorType;

  @IdentifierColumn({ nullable: true })
  actorId!: string | null;

  /** The actor's own tenant where it is another one. */
  @IdColumn({ nullable: true })
  actorTenantId!: string | null;

  @IdentifierColumn({ nullable: true })
  targetType!: string | null;

  @IdentifierColumn({ nullable: true })
  targetId!: string | null;

  @IdColumn({ nullable: true })
  clientId!: string | null;

  @IdColumn({ nullable: true })
  sessionId!: string | null;

  /** 1, or the number of machine tokens of one client in the minute that begins at `occurredAt`. */
  @IntegerColumn()
  occurrences!: number;

  @JsonColumn({ nullable: true })
  detail!: Record<string, unknown> | null;

  @IdentifierColumn({ nullable: true })
  requestId!: string | null;

  @IdentifierColumn({ nullable: true })
  ip!: string | null;

  @TextColumn({ nullable: true })
  userAgent!: string | null;

  /** The order of arrival over all tenants; given by the database. */
  @BigintColumn()
  position!: number;
}

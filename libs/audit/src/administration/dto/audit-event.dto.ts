import { EnumField, IdField, InstantField, IntegerField, JsonField, ObjectField, TextField } from '@tokenidp/admin-api';
import { AUDIT_ACTOR_TYPES, AUDIT_EVENTS, AUDIT_RESULTS } from '../../events';

export class AuditActorDto {
  @EnumField(AUDIT_ACTOR_TYPES, { description: 'What acted; an operator is a user or a client of the system tenant.' })
  type!: string;

  @TextField({
    description: 'Its id, where it has one.',
    max: 255,
    nullable: true,
    example: '01990000-0000-7000-8000-000000000001',
  })
  id!: string | null;

  @IdField({ description: 'Its own tenant, where that is another one.', nullable: true })
  tenantId!: string | null;
}

export class AuditTargetDto {
  @TextField({ description: 'The noun.', max: 255, example: 'client' })
  type!: string;

  @TextField({ description: 'The id of the thing.', max: 255, example: '01990000-0000-7000-8000-000000000002' })
  id!: string;
}

export class AuditEventDto {
  @IdField({ description: 'The id of the event.' })
  id!: string;

  @InstantField({ description: 'When it happened.' })
  occurredAt!: Date;

  @EnumField(AUDIT_EVENTS, { description: 'What happened.', example: 'client.changed' })
  event!: string;

  @EnumField(AUDIT_RESULTS, { description: 'Whether it was done or refused.' })
  result!: string;

  @ObjectField(() => AuditActorDto, { description: 'Who did it.' })
  actor!: AuditActorDto;

  @ObjectField(() => AuditTargetDto, { description: 'To what.', nullable: true })
  target!: AuditTargetDto | null;

  @IdField({ description: 'The row id of the application that it was done with.', nullable: true })
  clientId!: string | null;

  @IdField({ description: 'The session that it was done in.', nullable: true })
  sessionId!: string | null;

  @IntegerField({
    description: 'How many times within the minute: tokens that machines get are counted.',
    min: 1,
    max: 2147483647,
  })
  occurrences!: number;

  @JsonField({
    description: 'What else is known, without secrets; `before` and `after` of a change.',
    maxBytes: 1048576,
    nullable: true,
    example: { before: { client_name: 'Shop' }, after: { client_name: 'Web shop' } },
  })
  detail!: Record<string, unknown> | null;

  @TextField({
    description: 'The request, as pages, answers and the log name it.',
    max: 255,
    nullable: true,
    example: '01990000-0000-7000-8000-000000000003',
  })
  requestId!: string | null;

  @TextField({ description: 'The address that it came from.', max: 255, nullable: true, example: '192.0.2.1' })
  ip!: string | null;

  @TextField({ description: 'What the caller said it is.', max: 512, nullable: true, example: 'Mozilla/5.0' })
  userAgent!: string | null;
}

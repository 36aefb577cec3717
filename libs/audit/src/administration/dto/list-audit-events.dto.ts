import {
  EnumField,
  ExportDto,
  type ExportFormat,
  EXPORT_FORMATS,
  IdField,
  InstantField,
  ListDto,
  PageOf,
  TextField,
} from '@tokenidp/admin-api';
import { OmitType } from '@nestjs/swagger';
import { AUDIT_ACTOR_TYPES, AUDIT_RESULTS } from '../../events';
import { EVENT_PATTERN } from '../audit-event-names';
import { AuditEventDto } from './audit-event.dto';

/** The newest first. */
export const AUDIT_SORTS = ['-occurredAt', 'occurredAt'] as const;

export class ListAuditEventsDto extends ListDto {
  @EnumField(AUDIT_SORTS, {
    description: 'The order; with `-` the newest first.',
    optional: true,
    default: '-occurredAt',
  })
  sort?: string;

  @TextField({
    description: 'The whole of an id (actor, target, request) or of an address, or part of the name of an event.',
    max: 200,
    optional: true,
    example: 'client.',
  })
  search?: string;

  @TextField({
    description: 'A name, or all of one kind: `user.*`.',
    max: 64,
    pattern: EVENT_PATTERN,
    optional: true,
    example: 'user.*',
  })
  event?: string;

  @EnumField(AUDIT_RESULTS, { description: 'Done or refused.', optional: true })
  result?: 'success' | 'failure';

  @EnumField(AUDIT_ACTOR_TYPES, { description: 'What acted.', optional: true })
  actorType?: string;

  @TextField({ description: 'Who acted.', max: 255, optional: true, example: '01990000-0000-7000-8000-000000000001' })
  actorId?: string;

  @TextField({ description: 'The noun that was acted on.', max: 255, optional: true, example: 'client' })
  targetType?: string;

  @TextField({
    description: 'What was acted on.',
    max: 255,
    optional: true,
    example: '01990000-0000-7000-8000-000000000002',
  })
  targetId?: string;

  @IdField({ description: 'The row id of an application.', optional: true })
  clientId?: string;

  @TextField({ description: 'A request.', max: 255, optional: true, example: '01990000-0000-7000-8000-000000000003' })
  requestId?: string;

  @TextField({ description: 'An address.', max: 255, optional: true, example: '192.0.2.1' })
  ip?: string;

  @InstantField({ description: 'Not before.', optional: true })
  from?: string;

  @InstantField({ description: 'Not after.', optional: true })
  to?: string;
}

export class AuditEventPageDto extends PageOf(AuditEventDto) {}

/** All that fit: there are no pages. */
export class ExportAuditEventsDto
  extends OmitType(ListAuditEventsDto, ['limit', 'cursor'] as const)
  implements ExportDto
{
  @EnumField(EXPORT_FORMATS, {
    description: 'A JSON object a line, or CSV (RFC 4180).',
    optional: true,
    default: 'ndjson',
  })
  format?: ExportFormat;
}

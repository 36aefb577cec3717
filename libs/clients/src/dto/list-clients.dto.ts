import { OmitType } from '@nestjs/swagger';
import {
  EnumField,
  EXPORT_FORMATS,
  type ExportFormat,
  InstantField,
  ListDto,
  SearchField,
  SortField,
} from '@tokenidp/admin-api';
import { CLIENT_AUTH_METHODS } from '@tokenidp/kernel';
import { SECURITY_PROFILES } from '@tokenidp/tenancy';
import { CLIENT_TYPES } from '../client';
import { CLIENTS } from '../clients.list';
import { CLIENT_ORIGINS } from './client.dto';

const OPTIONAL = { optional: true } as const;

export class ListClientsDto extends ListDto {
  @SortField(CLIENTS.sorts)
  sort?: string;

  @SearchField('the name or the client_id')
  search?: string;

  @EnumField(CLIENT_TYPES, { description: 'Only those of that type.', ...OPTIONAL })
  type?: string;

  @EnumField(['active', 'disabled'], { description: 'Only those of that status.', ...OPTIONAL })
  status?: string;

  @EnumField(CLIENT_ORIGINS, { description: 'Only those that came that way.', ...OPTIONAL })
  origin?: string;

  @EnumField(SECURITY_PROFILES, { description: 'Only those of that security profile.', ...OPTIONAL })
  securityProfile?: string;

  @EnumField(CLIENT_AUTH_METHODS, { description: 'Only those that authenticate that way.', ...OPTIONAL })
  authMethod?: string;

  @InstantField({ description: 'Only those that nobody has used since, nor made.', ...OPTIONAL })
  unusedSince?: string;

  @InstantField({ description: 'Only those with a live secret that ends before.', ...OPTIONAL })
  secretExpiresBefore?: string;

  @InstantField({ description: 'Only those made then or later.', ...OPTIONAL })
  createdFrom?: string;

  @InstantField({ description: 'Only those made then or earlier.', ...OPTIONAL })
  createdTo?: string;
}

/** An export has no pages. */
export class ExportClientsDto extends OmitType(ListClientsDto, ['limit', 'cursor']) {
  @EnumField(EXPORT_FORMATS, {
    description: 'A JSON object a line, or CSV (RFC 4180).',
    optional: true,
    default: 'ndjson',
  })
  format?: ExportFormat;
}

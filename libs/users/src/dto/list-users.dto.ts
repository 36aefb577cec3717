import { OmitType } from '@nestjs/swagger';
import {
  EnumField,
  EXPORT_FORMATS,
  type ExportFormat,
  InstantField,
  ListDto,
  PageOf,
  QueryBooleanField,
  SearchField,
  SortField,
  TextField,
} from '@tokenidp/admin-api';
import { USER_STATUSES } from '../user';
import { USERS } from '../users.list';
import { UserSummaryDto } from './user.dto';

const optional = true;

export class ListUsersDto extends ListDto {
  @SortField(USERS.sorts)
  sort?: string;

  @SearchField('the user name, e-mail address or name; fewer than three characters are the beginning of a word')
  search?: string;

  @EnumField(USER_STATUSES, { description: 'Only those of that status.', optional })
  status?: string;

  @QueryBooleanField({ description: 'Only those whose address is verified, or only the others.', optional })
  emailVerified?: boolean;

  @TextField({ description: 'Only those who hold the role of that name.', max: 63, optional, example: 'owner' })
  role?: string;

  @TextField({ description: 'Only those of that language.', max: 85, optional, example: 'en-GB' })
  locale?: string;

  @InstantField({ description: 'Only those made then or later.', optional })
  createdFrom?: string;

  @InstantField({ description: 'Only those made then or before.', optional })
  createdTo?: string;

  @InstantField({ description: 'Only those who signed in last then or later.', optional })
  lastSignInFrom?: string;

  @InstantField({ description: 'Only those who signed in last then or before.', optional })
  lastSignInTo?: string;
}

/** The filters of the list, and the format. */
export class ExportUsersDto extends OmitType(ListUsersDto, ['limit', 'cursor'] as const) {
  @EnumField(EXPORT_FORMATS, {
    description: 'A JSON object a line, or CSV (RFC 4180).',
    optional,
    default: 'ndjson',
  })
  format?: ExportFormat;
}

export class UserPageDto extends PageOf(UserSummaryDto) {}

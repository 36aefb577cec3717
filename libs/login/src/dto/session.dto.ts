import {
  BooleanField,
  IdField,
  InstantField,
  IntegerField,
  ListDto,
  PageOf,
  QueryBooleanField,
  SortField,
  TextField,
  TextsField,
} from '@tokenidp/admin-api';
import { SESSIONS } from '../sessions/sessions.list';

const optional = true;
const nullable = true;
const USER = { description: 'Only those of that user.', optional };
const CLIENT = { description: 'Only those in which that application (by row id) takes part.', optional };
const IP = { description: 'Only those from that address.', max: 64, optional, example: '203.0.113.7' };
const FROM = { description: 'Only those begun then or later.', optional };
const TO = { description: 'Only those begun then or before.', optional };

export class SessionDto {
  @IdField({ description: 'The row id, which is the `sid` that applications know.' })
  id!: string;

  @IdField({ description: 'The user who signed in.' })
  userId!: string;

  @TextField({ description: 'Their user name.', max: 254, example: 'ada' })
  username!: string;

  @InstantField({ description: 'When they signed in, or did so again.' })
  authTime!: Date;

  @TextField({
    description: 'The authentication context class (OIDC).',
    max: 255,
    example: 'urn:tokenidp:acr:single-factor',
  })
  acr!: string;

  @TextsField({ description: 'How they signed in (RFC 8176).', max: 20, maxItems: 20, example: ['pwd'] })
  amr!: string[];

  @TextField({ description: 'The address of the browser.', max: 64, example: '203.0.113.7' })
  ip!: string;

  @TextField({ description: 'What the browser calls itself.', max: 512, nullable, example: 'Mozilla/5.0' })
  userAgent!: string | null;

  @InstantField({ description: 'When it began.' })
  createdAt!: Date;

  @InstantField({ description: 'When it was used last, up to a minute behind.' })
  lastSeenAt!: Date;

  @InstantField({ description: 'When it ends if it is not used again.' })
  idleExpiresAt!: Date;

  @InstantField({ description: 'When it ends at the latest.' })
  absoluteExpiresAt!: Date;

  @InstantField({ description: 'When somebody ended it.', nullable })
  endedAt!: Date | null;

  @BooleanField({ description: 'Whether it can be used at this moment.' })
  active!: boolean;
}

export class ListSessionsDto extends ListDto {
  @SortField(SESSIONS.sorts)
  sort?: string;

  @IdField(USER)
  userId?: string;

  @IdField(CLIENT)
  clientId?: string;

  @TextField(IP)
  ip?: string;

  @InstantField(FROM)
  createdFrom?: string;

  @InstantField(TO)
  createdTo?: string;

  @QueryBooleanField({ description: 'Only those that can be used, or only those that are over.', optional })
  active?: boolean;
}

export class SessionPageDto extends PageOf(SessionDto) {}

/** Which sessions are ended; at least one member. */
export class RevokeSessionsDto {
  @IdField(USER)
  userId?: string;

  @IdField(CLIENT)
  clientId?: string;

  @TextField(IP)
  ip?: string;

  @InstantField(FROM)
  createdFrom?: string;

  @InstantField(TO)
  createdTo?: string;
}

export class RevokedSessionsDto {
  @IntegerField({ description: 'How many were ended.', min: 0, max: 1000 })
  revoked!: number;

  @BooleanField({ description: 'True when there are more: ask again.', example: false })
  hasMore!: boolean;
}

import {
  BooleanField,
  IdField,
  InstantField,
  IntegerField,
  ListDto,
  ObjectField,
  PageOf,
  SearchField,
  SortField,
  TextField,
  TextsField,
} from '@tokenidp/admin-api';
import { CLIENT_AUTH_METHODS, GRANT_TYPES } from '@tokenidp/kernel';
import { INITIAL_ACCESS_TOKEN_LIMITS } from '../registration/initial-access-tokens.service';
import { REGISTRATION_TOKENS } from '../registration/registration-tokens.list';

const { maxName, maxUses } = INITIAL_ACCESS_TOKEN_LIMITS;
const OPTIONAL = { optional: true } as const;

/** What clients may be that register with a token, where that is not what the tenant's settings say. */
export class RegistrationLimitsDto {
  @TextsField({
    description: 'The grants they may have.',
    max: 100,
    maxItems: GRANT_TYPES.length,
    values: GRANT_TYPES,
    ...OPTIONAL,
  })
  grantTypes?: string[];

  @TextsField({
    description: 'How they may authenticate.',
    max: 100,
    maxItems: CLIENT_AUTH_METHODS.length,
    values: CLIENT_AUTH_METHODS,
    ...OPTIONAL,
  })
  authMethods?: string[];

  @TextsField({
    description: 'What their redirect URIs may be.',
    max: 20,
    maxItems: 3,
    values: ['https', 'loopback', 'private-use'],
    ...OPTIONAL,
  })
  redirectUriSchemes?: string[];

  @TextsField({
    description: 'Hosts of their redirect URIs, or `*.` and a domain; any when empty.',
    max: 255,
    maxItems: 100,
    example: ['*.example.com'],
    ...OPTIONAL,
  })
  redirectUriHosts?: string[];

  @TextsField({
    description: 'The most they can have.',
    max: 100,
    maxItems: 200,
    example: ['openid', 'profile'],
    ...OPTIONAL,
  })
  scopes?: string[];

  @BooleanField({ description: 'False lets a confidential client do without PKCE.', ...OPTIONAL })
  requirePkce?: boolean;
}

export class CreateRegistrationTokenDto {
  @TextField({ description: 'For people.', max: maxName, example: 'Partner' })
  name!: string;

  @IntegerField({
    description: 'How many clients can register with it.',
    min: 1,
    max: maxUses,
    default: 1,
    ...OPTIONAL,
  })
  uses?: number;

  @InstantField({ description: 'When it ends.' })
  expiresAt!: string;

  @ObjectField(() => RegistrationLimitsDto, { description: "In place of what the tenant's settings say.", ...OPTIONAL })
  policy?: RegistrationLimitsDto;
}

/** An initial access token (RFC 7591 §3), without the token. */
export class RegistrationTokenDto {
  @IdField({ description: 'The row id.' })
  id!: string;

  @TextField({ description: 'For people.', max: maxName, example: 'Partner' })
  name!: string;

  @IntegerField({ description: 'How many clients can still register with it.', min: 0, max: maxUses })
  usesLeft!: number;

  @ObjectField(() => RegistrationLimitsDto, { description: "In place of what the tenant's settings say." })
  policy!: RegistrationLimitsDto;

  @InstantField({ description: 'When it was made.' })
  createdAt!: Date;

  @InstantField({ description: 'When it ends.' })
  expiresAt!: Date;
}

export class CreatedRegistrationTokenDto extends RegistrationTokenDto {
  @TextField({ description: 'The token; shown here and never again.', max: 100, example: 'tia_…' })
  token!: string;
}

export class ListRegistrationTokensDto extends ListDto {
  @SortField(REGISTRATION_TOKENS.sorts)
  sort?: string;

  @SearchField('the name')
  search?: string;

  @InstantField({ description: 'Only those that end then or later.', ...OPTIONAL })
  expiresFrom?: string;

  @InstantField({ description: 'Only those that end then or earlier.', ...OPTIONAL })
  expiresTo?: string;
}

export class RegistrationTokenPageDto extends PageOf(RegistrationTokenDto) {}

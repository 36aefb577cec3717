import { BooleanField, EnumField, IntegerField, ObjectField, TextField, TextsField } from '@tokenidp/admin-api';
import { SECURITY_PROFILES } from '@tokenidp/tenancy';
import { CLIENT_TYPES } from '../client';
import { ClientOpenIdDto } from './client-openid.dto';
import { OPEN } from './client-presentation.dto';

const YEAR = 365 * 86_400;

/** When a client gets refresh tokens, and for how long. */
export class RefreshPolicyDto {
  @BooleanField({ description: 'A used one is replaced by a successor.', ...OPEN })
  rotate?: boolean | null;

  @BooleanField({ description: 'Given without `offline_access`, too.', example: false, ...OPEN })
  always?: boolean | null;

  @IntegerField({
    description: "Ends when unused for so long; the tenant's setting when absent.",
    min: 60,
    max: YEAR,
    ...OPEN,
  })
  idleSeconds?: number | null;

  @IntegerField({ description: "Ends after so long; the tenant's setting when absent.", min: 60, max: YEAR, ...OPEN })
  absoluteSeconds?: number | null;
}

/** What a client may do of the token exchange beyond its own tokens, by delegation (RFC 8693). */
export class TokenExchangePolicyDto {
  @BooleanField({ description: 'It may do without being named in `act`.', example: false, ...OPEN })
  impersonation?: boolean | null;

  @BooleanField({ description: 'It may exchange its refresh tokens, too.', example: false, ...OPEN })
  refresh_tokens?: boolean | null;

  @TextsField({
    description: 'Whose tokens it may exchange besides its own: identifiers of APIs, or `client_id`s.',
    max: 2048,
    maxItems: 50,
    example: ['https://api.example.com/orders'],
    ...OPEN,
  })
  subject_audiences?: string[] | null;

  @TextsField({
    description: 'APIs that it may exchange tokens for, besides those that a token is for.',
    max: 2048,
    maxItems: 50,
    example: ['https://api.example.com/invoices'],
    ...OPEN,
  })
  audiences?: string[] | null;
}

/** All that can be said of a client: metadata with its wire names, and the policy that administrators set. */
export class ClientMembersDto extends ClientOpenIdDto {
  @EnumField(CLIENT_TYPES, {
    description: 'What kind of application it is; follows from the rest when absent.',
    ...OPEN,
  })
  type?: string | null;

  @EnumField(SECURITY_PROFILES, {
    description: "What is asked of it; the tenant's floor when absent. See `effective` for what it fixes.",
    ...OPEN,
  })
  security_profile?: string | null;

  @BooleanField({ description: 'Authorization requests need PKCE.', ...OPEN })
  require_pkce?: boolean | null;

  @EnumField(['required', 'implicit'], { description: 'Whether users are asked; implicit for a first party.', ...OPEN })
  consent?: string | null;

  @ObjectField(() => RefreshPolicyDto, { description: 'Its refresh tokens.', ...OPEN })
  refresh?: RefreshPolicyDto | null;

  @TextField({
    description: 'What it gets when it asks for nothing, parted by spaces.',
    min: 0,
    max: 20_200,
    example: 'openid',
    ...OPEN,
  })
  default_scope?: string | null;

  @ObjectField(() => TokenExchangePolicyDto, { description: 'What it may do of the token exchange.', ...OPEN })
  token_exchange?: TokenExchangePolicyDto | null;

  @IntegerField({
    description: "How long its access tokens live; the API's or the tenant's setting when absent.",
    min: 60,
    max: 3600,
    example: 300,
    ...OPEN,
  })
  access_token_seconds?: number | null;

  @IntegerField({ description: 'How long its ID tokens live.', min: 60, max: 3600, example: 300, ...OPEN })
  id_token_seconds?: number | null;
}

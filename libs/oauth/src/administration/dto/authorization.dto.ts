import { ApiProperty } from '@nestjs/swagger';
import { EnumField, IdField, InstantField, JsonField, PageOf, TextField, TextsField } from '@tokenidp/admin-api';
import { GrantDto, ListGrantsDto, SCOPE } from './grant.dto';

const optional = true;
const nullable = true;

export class AuthorizationDto extends GrantDto {
  @IdField({ description: 'The session in which it was given.', nullable })
  sessionId!: string | null;

  @TextField(SCOPE)
  scope!: string;

  @TextsField({ description: 'The `resource` values that were asked for (RFC 8707).', max: 2000, maxItems: 100 })
  resources!: string[];

  @ApiProperty({
    description: 'The authorization details that were granted (RFC 9396).',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    nullable,
  })
  authorizationDetails!: object[] | null;

  @InstantField({ description: 'When the user had signed in.', nullable })
  authTime!: Date | null;

  @TextField({ description: 'The authentication context class.', max: 255, nullable })
  acr!: string | null;

  @TextsField({ description: 'How they had signed in (RFC 8176).', max: 20, maxItems: 20, nullable })
  amr!: string[] | null;

  @InstantField({ description: 'Since when nothing that hangs from it is good any more.', nullable })
  revokedAt!: Date | null;

  @TextField({ description: 'Why.', max: 255, nullable, example: 'revoked-by-administrator' })
  revokeReason!: string | null;
}

export class ListAuthorizationsDto extends ListGrantsDto {
  @IdField({ description: 'Only those of that session.', optional })
  sessionId?: string;

  @EnumField(['active', 'revoked'], { description: 'Only those that stand, or only the others.', optional })
  status?: 'active' | 'revoked';
}

export class AuthorizationPageDto extends PageOf(AuthorizationDto) {}

export class ConsentDto extends GrantDto {
  @TextField({ ...SCOPE, description: "The provider's own scopes that the user allowed." })
  scope!: string;

  @JsonField({
    description: 'The scopes of each API that the user allowed, by its identifier.',
    maxBytes: 65_536,
    example: { 'https://api.example.com': ['invoices.read'] },
  })
  resources!: Record<string, string[]>;

  @InstantField({ description: 'When something was added last.' })
  updatedAt!: Date;
}

export class ConsentPageDto extends PageOf(ConsentDto) {}

const LISTED_TOKENS = { description: 'Only those that can be used at this moment.', optional } as const;

export class RefreshTokenDto extends GrantDto {
  @IdField({ description: 'The authorization, which the whole family hangs from.' })
  authorizationId!: string;

  @IdField({ description: 'The session in which it was given.', nullable })
  sessionId!: string | null;

  @TextField(SCOPE)
  scope!: string;

  @InstantField({ description: 'When it was used last.', nullable })
  lastUsedAt!: Date | null;

  @InstantField({ description: 'When it ends if it is not used.' })
  idleExpiresAt!: Date;

  @InstantField({ description: 'When the family ends at the latest.' })
  absoluteExpiresAt!: Date;

  @InstantField({ description: 'When its successor took its place.', nullable })
  rotatedAt!: Date | null;

  @InstantField({ description: 'When the family was revoked.', nullable })
  revokedAt!: Date | null;
}

export class ListRefreshTokensDto extends ListGrantsDto {
  @IdField({ description: 'All generations of that authorization, not only the latest.', optional })
  authorizationId?: string;

  @EnumField(['true'], LISTED_TOKENS)
  usable?: 'true';
}

export class RefreshTokenPageDto extends PageOf(RefreshTokenDto) {}

export class AccessTokenDto extends GrantDto {
  @IdField({ description: 'The authorization; null for what an application got for itself.', nullable })
  authorizationId!: string | null;

  @TextField(SCOPE)
  scope!: string;

  @TextsField({ description: 'The `aud`.', max: 2000, maxItems: 100, example: ['https://api.example.com'] })
  audience!: string[];

  @InstantField({ description: 'When it ends.' })
  expiresAt!: Date;

  @InstantField({ description: 'When it was revoked.', nullable })
  revokedAt!: Date | null;
}

export class ListAccessTokensDto extends ListGrantsDto {
  @IdField({ description: 'Only those of that authorization.', optional })
  authorizationId?: string;

  @EnumField(['true'], LISTED_TOKENS)
  usable?: 'true';
}

export class AccessTokenPageDto extends PageOf(AccessTokenDto) {}

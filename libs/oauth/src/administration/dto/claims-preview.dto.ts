import { ApiProperty } from '@nestjs/swagger';
import { IdField, JsonField, TextField, TextsField } from '@tokenidp/admin-api';

const CLAIMS = { type: 'object', additionalProperties: true, nullable: true } as const;

/** Whose tokens, for which application and what. */
export class ClaimsPreviewDto {
  @TextField({ description: 'The application, by its `client_id`.', max: 255, example: 'billing-web' })
  clientId!: string;

  @IdField({ description: 'The user; absent for what the application gets for itself.', optional: true })
  userId?: string;

  @TextsField({
    description: 'The scopes that would be granted.',
    max: 255,
    maxItems: 200,
    example: ['openid', 'email'],
  })
  scopes!: string[];

  @TextField({
    description: 'The `resource` that would be named (RFC 8707).',
    max: 255,
    optional: true,
    example: 'https://api.example.com/invoices',
  })
  resource?: string;

  @JsonField({
    description: 'The `claims` parameter that would be sent (OpenID Connect Core §5.5).',
    maxBytes: 8192,
    optional: true,
    example: { id_token: { email: null } },
  })
  claims?: Record<string, unknown>;
}

/** What would be issued right now, by the code that issues; nothing is signed and nothing is stored. */
export class ClaimsPreviewResultDto {
  @ApiProperty({
    ...CLAIMS,
    description: 'The access token, or what introspection says of an opaque one.',
    example: { aud: 'https://api.example.com/invoices' },
  })
  accessToken!: Record<string, unknown> | null;

  @ApiProperty({
    ...CLAIMS,
    description: 'The ID token; null without `openid` or without a user.',
    example: { sub: '01990000-0000-7000-8000-000000000000' },
  })
  idToken!: Record<string, unknown> | null;

  @ApiProperty({
    ...CLAIMS,
    description: 'Userinfo; null where the token does not open it.',
    example: { email: 'ada@example.com' },
  })
  userinfo!: Record<string, unknown> | null;
}

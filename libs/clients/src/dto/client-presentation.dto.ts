import { JsonField, TextField, TextsField } from '@tokenidp/admin-api';

/** A member that may be absent; in a merge patch null takes it away. */
export const OPEN = { optional: true, nullable: true } as const;

const MAX_URI = 2048;

export function UriField(description: string, example = 'https://app.example.com/about'): PropertyDecorator {
  return TextField({ description, max: MAX_URI, format: 'uri', example, ...OPEN });
}

export function UrisField(description: string, example: string): PropertyDecorator {
  return TextsField({ description, max: MAX_URI, maxItems: 50, example: [example], ...OPEN });
}

/** What people are shown of a client (RFC 7591 §2, §2.2). */
export class ClientPresentationDto {
  @TextField({ description: 'For people; the `client_id` when absent.', max: 200, example: 'Invoices', ...OPEN })
  client_name?: string | null;

  @UriField('A page about the client.')
  client_uri?: string | null;

  @UriField('Its logo, which is fetched and shown by us.', 'https://app.example.com/logo.png')
  logo_uri?: string | null;

  @UriField('Its privacy policy.')
  policy_uri?: string | null;

  @UriField('Its terms of service.')
  tos_uri?: string | null;

  @TextsField({
    description: 'E-mail addresses of those who answer for it.',
    max: 320,
    maxItems: 10,
    example: ['app@example.com'],
    ...OPEN,
  })
  contacts?: string[] | null;

  @JsonField({
    description: 'Translations by their wire names: `client_name#de`, `tos_uri#pt-BR` and the like.',
    maxBytes: 65_536,
    example: { 'client_name#de': 'Rechnungen' },
    ...OPEN,
  })
  localized?: Record<string, string | null> | null;

  @TextField({ description: 'Identifies its software.', max: 255, example: 'invoices', ...OPEN })
  software_id?: string | null;

  @TextField({ description: 'The version of its software.', max: 255, example: '1.4.2', ...OPEN })
  software_version?: string | null;

  @UriField('Where a third party starts a sign-in at it (OpenID Connect Core §4).', 'https://app.example.com/login')
  initiate_login_uri?: string | null;
}

import { BooleanField, EnumField, JsonField, TextField, TextsField } from '@tokenidp/admin-api';
import { CLIENT_AUTH_METHODS, GRANT_TYPES, JWT_RESPONSE_MODES, RESPONSE_MODES, RESPONSE_TYPES } from '@tokenidp/kernel';
import { ASYMMETRIC_ALGORITHMS } from '../metadata/auth-method';
import { ClientPresentationDto, OPEN, UriField, UrisField } from './client-presentation.dto';

const MODES = [...RESPONSE_MODES, ...JWT_RESPONSE_MODES];

export function AlgorithmField(description: string): PropertyDecorator {
  return TextField({ description, max: 32, example: 'ES256', ...OPEN });
}

function SubjectField(what: string, example: string): PropertyDecorator {
  return TextField({
    description: `For tls_client_auth: the ${what} of its certificate.`,
    max: 2048,
    example,
    ...OPEN,
  });
}

/** How a client authenticates and asks (RFC 7591 §2 and what extends it). */
export class ClientProtocolDto extends ClientPresentationDto {
  @UrisField('Where it may be called back, byte for byte.', 'https://app.example.com/callback')
  redirect_uris?: string[] | null;

  @TextsField({
    description: 'The grants it may use; which there can be follows from its type.',
    max: 100,
    maxItems: GRANT_TYPES.length,
    values: GRANT_TYPES,
    example: ['authorization_code', 'refresh_token'],
    ...OPEN,
  })
  grant_types?: string[] | null;

  @TextsField({
    description: 'The response types it may ask for.',
    max: 100,
    maxItems: 4,
    values: RESPONSE_TYPES,
    example: ['code'],
    ...OPEN,
  })
  response_types?: string[] | null;

  @TextsField({
    description: 'How authorization responses may be delivered.',
    max: 100,
    maxItems: MODES.length,
    values: MODES,
    example: ['query', 'form_post'],
    ...OPEN,
  })
  response_modes?: string[] | null;

  @EnumField(['web', 'native'], { description: 'Follows from its type.', ...OPEN })
  application_type?: string | null;

  @TextField({
    description: 'The most it may ask for, parted by spaces; what is assigned to it when absent.',
    min: 0,
    max: 20_200,
    example: 'openid profile invoices.read',
    ...OPEN,
  })
  scope?: string | null;

  @EnumField(CLIENT_AUTH_METHODS, { description: 'How it authenticates.', example: 'private_key_jwt', ...OPEN })
  token_endpoint_auth_method?: string | null;

  @AlgorithmField('The algorithm of its assertions; any that fits when absent.')
  token_endpoint_auth_signing_alg?: string | null;

  @JsonField({ description: 'Its public keys by value (RFC 7517).', maxBytes: 65_536, example: { keys: [] }, ...OPEN })
  jwks?: { keys: unknown[] } | null;

  @UriField('Its public keys by reference.', 'https://app.example.com/jwks.json')
  jwks_uri?: string | null;

  @SubjectField('subject', 'CN=app,O=Example')
  tls_client_auth_subject_dn?: string | null;

  @SubjectField('DNS name', 'app.example.com')
  tls_client_auth_san_dns?: string | null;

  @SubjectField('URI', 'spiffe://example.com/app')
  tls_client_auth_san_uri?: string | null;

  @SubjectField('IP address', '192.0.2.1')
  tls_client_auth_san_ip?: string | null;

  @SubjectField('e-mail address', 'app@example.com')
  tls_client_auth_san_email?: string | null;

  @BooleanField({ description: 'Its tokens are good only with its certificate (RFC 8705).', example: false, ...OPEN })
  tls_client_certificate_bound_access_tokens?: boolean | null;

  @BooleanField({ description: 'Its tokens are good only with its key (RFC 9449).', example: false, ...OPEN })
  dpop_bound_access_tokens?: boolean | null;

  @BooleanField({ description: 'Authorization requests are pushed first (RFC 9126).', example: false, ...OPEN })
  require_pushed_authorization_requests?: boolean | null;

  @BooleanField({ description: 'Authorization requests are signed (RFC 9101).', example: false, ...OPEN })
  require_signed_request_object?: boolean | null;

  @EnumField(ASYMMETRIC_ALGORITHMS, { description: 'The algorithm of its request objects.', ...OPEN })
  request_object_signing_alg?: string | null;

  @TextsField({
    description: 'Where its request objects may be fetched from.',
    max: 2048,
    maxItems: 20,
    example: ['https://app.example.com/request.jwt'],
    ...OPEN,
  })
  request_uris?: string[] | null;

  @AlgorithmField('Signs its authorization responses (JARM).')
  authorization_signed_response_alg?: string | null;

  @TextsField({
    description: 'The types of authorization details it may use (RFC 9396).',
    max: 255,
    maxItems: 50,
    example: ['payment_initiation'],
    ...OPEN,
  })
  authorization_details_types?: string[] | null;
}

import { BooleanField, EnumField, IntegerField, TextsField } from '@tokenidp/admin-api';
import { DELIVERY_MODES } from '../client';
import { ASYMMETRIC_ALGORITHMS } from '../metadata/auth-method';
import { CONTENT_ENCRYPTIONS, ENCRYPTION_ALGORITHMS } from '../metadata/encryption';
import { OPEN, UriField, UrisField } from './client-presentation.dto';
import { AlgorithmField, ClientProtocolDto } from './client-protocol.dto';

const TEN_YEARS = 10 * 365 * 86_400;

const KeyEncryption = (what: string) => EnumField(ENCRYPTION_ALGORITHMS, { description: `Encrypts ${what}.`, ...OPEN });
const ContentEncryption = (what: string) =>
  EnumField(CONTENT_ENCRYPTIONS, { description: `Encrypts the content of ${what}.`, ...OPEN });

/** OpenID Connect: Registration §2, the logout specifications, CIBA §4. */
export class ClientOpenIdDto extends ClientProtocolDto {
  @AlgorithmField('Signs its ID tokens.')
  id_token_signed_response_alg?: string | null;

  @KeyEncryption('its ID tokens')
  id_token_encrypted_response_alg?: string | null;

  @ContentEncryption('its ID tokens')
  id_token_encrypted_response_enc?: string | null;

  @AlgorithmField('Signs userinfo; JSON when absent.')
  userinfo_signed_response_alg?: string | null;

  @KeyEncryption('userinfo')
  userinfo_encrypted_response_alg?: string | null;

  @ContentEncryption('userinfo')
  userinfo_encrypted_response_enc?: string | null;

  @AlgorithmField('Signs the introspection answers it gets (RFC 9701).')
  introspection_signed_response_alg?: string | null;

  @EnumField(['public', 'pairwise'], { description: 'Whether users have a `sub` of their own at it.', ...OPEN })
  subject_type?: string | null;

  @UriField('Lists the redirect URIs of its sector.', 'https://example.com/sector.json')
  sector_identifier_uri?: string | null;

  @IntegerField({ description: 'Seconds after which users sign in again.', min: 0, max: TEN_YEARS, ...OPEN })
  default_max_age?: number | null;

  @BooleanField({ description: 'ID tokens say when the user signed in.', example: false, ...OPEN })
  require_auth_time?: boolean | null;

  @TextsField({
    description: 'The `acr` that it asks for.',
    max: 2048,
    maxItems: 50,
    example: ['urn:example:2'],
    ...OPEN,
  })
  default_acr_values?: string[] | null;

  @UrisField('Where it may send users after signing out.', 'https://app.example.com/')
  post_logout_redirect_uris?: string[] | null;

  @UriField('Told of a sign-out, server to server.', 'https://app.example.com/logged-out')
  backchannel_logout_uri?: string | null;

  @BooleanField({ description: 'It is told which session.', example: true, ...OPEN })
  backchannel_logout_session_required?: boolean | null;

  @UriField('Told of a sign-out, in a frame.', 'https://app.example.com/frame/logged-out')
  frontchannel_logout_uri?: string | null;

  @BooleanField({ description: 'The frame is told which session.', example: true, ...OPEN })
  frontchannel_logout_session_required?: boolean | null;

  @EnumField(DELIVERY_MODES, { description: 'How it hears of a decision (CIBA).', ...OPEN })
  backchannel_token_delivery_mode?: string | null;

  @UriField('Where it is told of a decision (CIBA).', 'https://app.example.com/ciba')
  backchannel_client_notification_endpoint?: string | null;

  @EnumField(ASYMMETRIC_ALGORITHMS, { description: 'Backchannel requests are signed with it (CIBA).', ...OPEN })
  backchannel_authentication_request_signing_alg?: string | null;

  @BooleanField({
    description: 'Users prove by a code of theirs that they want to be asked (CIBA).',
    example: false,
    ...OPEN,
  })
  backchannel_user_code_parameter?: boolean | null;
}

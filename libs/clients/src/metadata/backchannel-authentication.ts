/** @spec CIBA Core §4 — how a client asks about a user who is elsewhere, and how it hears of the answer. */
import type { GrantType } from '@tokenidp/kernel';
import { DELIVERY_MODES } from '../client';
import { ASYMMETRIC_ALGORITHMS } from './auth-method';
import { invalid } from './client-metadata-error';
import { booleanMember, choiceMember, type MetadataInput } from './members';
import type { RegistrationPolicy } from './registration-policy';
import { outboundUri } from './uris';

const MODE = 'backchannel_token_delivery_mode';
const ENDPOINT = 'backchannel_client_notification_endpoint';

export function backchannelMembers(input: MetadataInput, grants: readonly GrantType[], policy: RegistrationPolicy) {
  if (!grants.includes('urn:openid:params:grant-type:ciba')) return {};
  const mode = choiceMember(input, MODE, DELIVERY_MODES);
  const endpoint = outboundUri(input, ENDPOINT, policy);
  if (!mode) throw invalid(MODE, `must be one of ${DELIVERY_MODES.join(', ')} for a client with this grant`);
  if (mode === 'ping' && !endpoint) throw invalid(ENDPOINT, 'is needed where the client is told');
  if (booleanMember(input, 'backchannel_user_code_parameter')) {
    throw invalid('backchannel_user_code_parameter', 'must be false: users have no such code');
  }
  return {
    backchannel_token_delivery_mode: mode,
    backchannel_client_notification_endpoint: endpoint,
    backchannel_authentication_request_signing_alg: choiceMember(
      input,
      'backchannel_authentication_request_signing_alg',
      ASYMMETRIC_ALGORITHMS,
    ),
  };
}

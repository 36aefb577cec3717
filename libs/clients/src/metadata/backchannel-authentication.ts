/** @spec CIBA Core §4, §10.3 — how a client asks about a user who is elsewhere, and how it hears of the answer. */
import type { GrantType } from '@tokenidp/kernel';
import type { DeliveryMode } from '../client';
import { ASYMMETRIC_ALGORITHMS } from './auth-method';
import { invalid } from './client-metadata-error';
import { booleanMember, choiceMember, type MetadataInput } from './members';
import type { RegistrationPolicy } from './registration-policy';
import { outboundUri } from './uris';

const MODE = 'backchannel_token_delivery_mode';
const ENDPOINT = 'backchannel_client_notification_endpoint';
/** Tokens that are pushed come without a request that could prove a key. */
const BINDINGS = ['dpop_bound_access_tokens', 'tls_client_certificate_bound_access_tokens'];

export function backchannelMembers(input: MetadataInput, grants: readonly GrantType[], policy: RegistrationPolicy) {
  if (!grants.includes('urn:openid:params:grant-type:ciba')) return {};
  const mode = deliveryMode(input, policy);
  const endpoint = outboundUri(input, ENDPOINT, policy);
  if (mode !== 'poll' && !endpoint) throw invalid(ENDPOINT, 'is needed where the client is told');
  return {
    backchannel_token_delivery_mode: mode,
    backchannel_client_notification_endpoint: endpoint,
    backchannel_authentication_request_signing_alg: choiceMember(
      input,
      'backchannel_authentication_request_signing_alg',
      ASYMMETRIC_ALGORITHMS,
    ),
    backchannel_user_code_parameter: booleanMember(input, 'backchannel_user_code_parameter'),
  };
}

function deliveryMode(input: MetadataInput, { deliveryModes = ['poll', 'ping'] }: RegistrationPolicy): DeliveryMode {
  const mode = choiceMember(input, MODE, deliveryModes);
  if (!mode) throw invalid(MODE, `must be one of ${deliveryModes.join(', ')} for a client with this grant`);
  const bound = mode === 'push' && BINDINGS.find((member) => booleanMember(input, member));
  if (bound) throw invalid(bound, 'must be false where tokens are pushed');
  return mode;
}

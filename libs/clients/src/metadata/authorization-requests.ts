/** @spec RFC 9126 §6, RFC 9101 §10.5, OIDC Registration §2, JARM §3 — how the client's authorization requests come, and how they are answered. */
import { ASYMMETRIC_ALGORITHMS } from './auth-method';
import { invalid } from './client-metadata-error';
import { booleanMember, choiceMember, type MetadataInput, textListMember } from './members';
import type { RegistrationPolicy } from './registration-policy';
import { outboundUri } from './uris';

const MAX_REQUEST_URIS = 20;

/** What a client says of its authorization requests; `none` signs neither them nor the answers. */
export function authorizationRequestMembers(input: MetadataInput, policy: RegistrationPolicy) {
  return {
    require_pushed_authorization_requests: booleanMember(input, 'require_pushed_authorization_requests'),
    require_signed_request_object: booleanMember(input, 'require_signed_request_object'),
    request_object_signing_alg: choiceMember(input, 'request_object_signing_alg', ASYMMETRIC_ALGORITHMS),
    request_uris: requestUris(input, policy),
    authorization_signed_response_alg: choiceMember(input, 'authorization_signed_response_alg', policy.algorithms),
  };
}

/** OIDC Core §6.2: the fragment, if there is one, is a hash of what is fetched; it is never sent. */
function requestUris(input: MetadataInput, policy: RegistrationPolicy): string[] | undefined {
  const name = 'request_uris';
  const uris = textListMember(input, name, MAX_REQUEST_URIS);
  for (const uri of uris ?? []) {
    const [fetched, fragment, ...more] = uri.split('#');
    if (more.length > 0 || (fragment !== undefined && !/^[A-Za-z0-9_-]+$/.test(fragment))) {
      throw invalid(name, 'must have no fragment but the hash of what is there');
    }
    outboundUri({ [name]: fetched }, name, policy);
  }
  return uris;
}

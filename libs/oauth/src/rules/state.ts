/** @spec RFC 6749 §4.1.1, §4.1.2, Appendix A.5 — given back byte for byte, however long (S-043); never with control characters. */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `state`; one that cannot be given back is not given back. */
export function state(request: AuthorizationRequest): void {
  const sent = request.parameters.get('state');
  if (sent !== undefined && /\p{Cc}/u.test(sent)) {
    throw new OAuthError('invalid_request', 'state holds control characters');
  }
  request.state = sent;
}

/** @spec RFC 6749 §4.1.2, Appendix A.5 — given back byte for byte, however long (S-043). */
import type { AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `state`. One with control characters is not given back; `wellFormed` refuses the request for it. */
export function state(request: AuthorizationRequest): void {
  const sent = request.parameters.get('state');
  request.state = sent === undefined || /\p{Cc}/u.test(sent) ? undefined : sent;
}

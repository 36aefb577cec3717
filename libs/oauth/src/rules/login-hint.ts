/** @spec OIDC Core §3.1.2.1 — fills in the sign-in form and proves nothing; one that no user name could be is dropped. */
import type { AuthorizationRequest } from '../authorize/authorization-request';

const MAX_LENGTH = 320;

/** Narrows `loginHint`. */
export function loginHint(request: AuthorizationRequest): void {
  const sent = request.parameters.get('login_hint');
  request.loginHint = sent !== undefined && sent.length <= MAX_LENGTH ? sent : undefined;
}

/** @spec OIDC Session Management §2, §3.2 — lets a client ask the browser whether the session is still the one of its answer. */
import { hash, randomBytes } from 'node:crypto';
import type { AuthorizationRequest } from './authorization-request';

/** Undefined where no page of the client could ever ask: for other requests than OpenID's, and redirects without an origin. */
export function sessionState(request: AuthorizationRequest, browserState: string | undefined): string | undefined {
  const { origin } = new URL(request.redirectUri);
  if (browserState === undefined || origin === 'null' || !request.scopes.has('openid')) return undefined;
  return sessionStateOf(request.client.client_id, origin, browserState, randomBytes(12).toString('base64url'));
}

/** The page that answers computes the same: libs/login/src/assets/check-session.js. */
export function sessionStateOf(clientId: string, origin: string, browserState: string, salt: string): string {
  return `${hash('sha256', `${clientId} ${origin} ${browserState} ${salt}`, 'base64url')}.${salt}`;
}

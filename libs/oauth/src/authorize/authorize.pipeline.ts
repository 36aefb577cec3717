/**
 * @spec RFC 6749 §4.1.2.1 — what fails before the client and its redirect URI are known to belong together is told to
 * the user; everything after that goes back to the client. Which of the two is a matter of the list a rule stands in.
 */
import { acrValues } from '../rules/acr-values';
import { authorizationDetails } from '../rules/authorization-details';
import { claims } from '../rules/claims';
import { clientId } from '../rules/client-id';
import { display } from '../rules/display';
import { dpopJkt } from '../rules/dpop-jkt';
import { idTokenHint } from '../rules/id-token-hint';
import { loginHint } from '../rules/login-hint';
import { maxAge } from '../rules/max-age';
import { nonce } from '../rules/nonce';
import { pkce } from '../rules/pkce';
import { prompt } from '../rules/prompt';
import { pushedRedirectUri, redirectUri } from '../rules/redirect-uri';
import { registration } from '../rules/registration';
import { requestObject } from '../rules/request-object';
import { noRequestUri, requestUri } from '../rules/request-uri';
import { requirePushedAuthorizationRequests } from '../rules/require-pushed-authorization-requests';
import { requiredAuthentication } from '../rules/required-authentication';
import { requireSignedRequestObject } from '../rules/require-signed-request-object';
import { resource } from '../rules/resource';
import { responseMode } from '../rules/response-mode';
import { responseType } from '../rules/response-type';
import { scope } from '../rules/scope';
import { state } from '../rules/state';
import { uiLocales } from '../rules/ui-locales';
import { wellFormed } from '../rules/well-formed';
import type { AuthorizationContext, AuthorizationRequest, AuthorizationRule } from './authorization-request';

export { REPEATABLE } from './authorization-request';

/** A failure shows our error page. */
export const beforeRedirect: readonly AuthorizationRule[] = [clientId, requestUri, requestObject, redirectUri];

/** A failure goes back to the client: the state and the response mode first, so that it arrives as the client expects. */
export const afterRedirect: readonly AuthorizationRule[] = [
  state,
  responseMode,
  wellFormed,
  registration,
  requirePushedAuthorizationRequests,
  requireSignedRequestObject,
  responseType,
  resource,
  authorizationDetails,
  scope,
  pkce,
  nonce,
  dpopJkt,
  prompt,
  maxAge,
  claims,
  acrValues,
  requiredAuthentication,
  idTokenHint,
  loginHint,
  uiLocales,
  display,
];

/**
 * What holds for a request that is pushed, when it is pushed (RFC 9126 §2.1): the client is known, and is told of any
 * failure at once. What the request says is looked at as it would be at the authorization endpoint.
 */
export const onPush: readonly AuthorizationRule[] = [noRequestUri, requestObject, pushedRedirectUri, ...afterRedirect];

/** RFC 8628 §3.1: what a device may ask for; its client is known by then. */
export const deviceAuthorization: readonly AuthorizationRule[] = [
  wellFormed,
  resource,
  authorizationDetails,
  scope,
  requiredAuthentication,
];

/** CIBA Core §7.1: what a client may ask for about a user who is elsewhere. */
export const backchannelAuthentication: readonly AuthorizationRule[] = [
  wellFormed,
  resource,
  authorizationDetails,
  scope,
  acrValues,
  requiredAuthentication,
];

/** Applies the rules in order; the first failure ends it. */
export async function applyRules(
  rules: readonly AuthorizationRule[],
  request: AuthorizationRequest,
  context: AuthorizationContext,
): Promise<void> {
  for (const rule of rules) {
    const pending = rule(request, context);
    if (pending) await pending;
  }
}

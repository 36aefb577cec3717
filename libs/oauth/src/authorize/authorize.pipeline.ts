/**
 * @spec RFC 6749 §4.1.2.1 — what fails before the client and its redirect URI are known to belong together is told to
 * the user; everything after that goes back to the client. Which of the two is a matter of the list a rule stands in.
 */
import { acrValues } from '../rules/acr-values';
import { claims } from '../rules/claims';
import { clientId } from '../rules/client-id';
import { display } from '../rules/display';
import { idTokenHint } from '../rules/id-token-hint';
import { loginHint } from '../rules/login-hint';
import { maxAge } from '../rules/max-age';
import { nonce } from '../rules/nonce';
import { pkce } from '../rules/pkce';
import { prompt } from '../rules/prompt';
import { redirectUri } from '../rules/redirect-uri';
import { requestObject } from '../rules/request-object';
import { requestUri } from '../rules/request-uri';
import { resource } from '../rules/resource';
import { responseMode } from '../rules/response-mode';
import { responseType } from '../rules/response-type';
import { scope } from '../rules/scope';
import { state } from '../rules/state';
import { uiLocales } from '../rules/ui-locales';
import { wellFormed } from '../rules/well-formed';
import type { AuthorizationContext, AuthorizationRequest, AuthorizationRule } from './authorization-request';

/** Parameters that may be sent more than once (RFC 8707 §2). */
export const REPEATABLE: ReadonlySet<string> = new Set(['resource']);

/** A failure shows our error page. */
export const beforeRedirect: readonly AuthorizationRule[] = [clientId, redirectUri];

/** A failure goes back to the client: the state and the response mode first, so that it arrives as the client expects. */
export const afterRedirect: readonly AuthorizationRule[] = [
  state,
  responseMode,
  wellFormed,
  requestObject,
  requestUri,
  responseType,
  resource,
  scope,
  pkce,
  nonce,
  prompt,
  maxAge,
  claims,
  acrValues,
  idTokenHint,
  loginHint,
  uiLocales,
  display,
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

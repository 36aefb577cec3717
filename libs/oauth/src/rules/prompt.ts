/**
 * @spec OIDC Core §3.1.2.1, Initiating User Registration §4 — `none` stands alone; values that are not known are ignored,
 * as extensions come and go, but `create` is refused where nobody may register.
 */
import { OAuthError, type Prompt, PROMPTS } from '@tokenidp/kernel';
import type { AuthorizationContext, AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `prompts`. */
export function prompt(request: AuthorizationRequest, { tenant }: Pick<AuthorizationContext, 'tenant'>): void {
  const sent = (request.parameters.get('prompt') ?? '').split(' ').filter(Boolean);
  if (sent.includes('none') && sent.length > 1) {
    throw new OAuthError('invalid_request', 'prompt none cannot be combined with other values');
  }
  if (sent.includes('create') && tenant.settings.userRegistration === 'off') {
    throw new OAuthError('invalid_request', 'prompt create is not supported here');
  }
  request.prompts = new Set(PROMPTS.filter((known: Prompt) => sent.includes(known)));
}

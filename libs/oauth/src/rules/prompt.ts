/** @spec OIDC Core §3.1.2.1 — `none` stands alone; values that are not known are ignored, as extensions come and go. */
import { OAuthError, type Prompt, PROMPTS } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

/** Narrows `prompts`. */
export function prompt(request: AuthorizationRequest): void {
  const sent = (request.parameters.get('prompt') ?? '').split(' ').filter(Boolean);
  if (sent.includes('none') && sent.length > 1) {
    throw new OAuthError('invalid_request', 'prompt none cannot be combined with other values');
  }
  request.prompts = new Set(PROMPTS.filter((known: Prompt) => sent.includes(known)));
}

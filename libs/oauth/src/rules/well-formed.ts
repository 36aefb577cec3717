/** @spec OAuth 2.1 §3.1 — a parameter occurs once and is plain text; what is unknown is ignored (S-014). */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

// JSON may be written over several lines.
const MULTILINE: ReadonlySet<string> = new Set(['claims']);

/** Now that the answer has somewhere to go: what was wrong with the text of the request, or with its object. */
export function wellFormed({ parameters, fault, refusal }: AuthorizationRequest): void {
  if (fault) throw fault;
  if (refusal) throw refusal;
  const odd = parameters
    .names()
    .find((name) => !MULTILINE.has(name) && parameters.all(name).some((value) => /\p{Cc}/u.test(value)));
  if (odd !== undefined) throw new OAuthError('invalid_request', 'a parameter holds control characters');
}

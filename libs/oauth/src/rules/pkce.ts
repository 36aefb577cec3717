/** @spec RFC 7636 §4.1–§4.6, OAuth 2.1 §4.1.1, RFC 9700 §2.1.1 — S256 for everyone; the verifier must match the challenge. */
import { equalConstantTime, OAuthError, sha256 } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

/** RFC 7636 §4.1, §4.2: 43 to 128 unreserved characters, for both (S-034). */
const SYNTAX = /^[A-Za-z0-9._~-]{43,128}$/;

/** Narrows `codeChallenge`. Only a confidential client may be registered to go without (S-032). */
export function pkce(request: AuthorizationRequest): void {
  const { parameters, client } = request;
  const challenge = parameters.get('code_challenge');
  const method = parameters.get('code_challenge_method');
  if (challenge === undefined) {
    if (method !== undefined) throw new OAuthError('invalid_request', 'code_challenge is missing');
    if (client.require_pkce || !client.isConfidential) {
      throw new OAuthError('invalid_request', 'code_challenge is required (PKCE with S256)');
    }
    return;
  }
  // An absent method would mean "plain" (RFC 7636 §4.3), which shows the verifier to whoever sees the request.
  if (method !== 'S256') throw new OAuthError('invalid_request', 'code_challenge_method must be S256');
  if (!SYNTAX.test(challenge)) throw new OAuthError('invalid_request', 'code_challenge is malformed');
  request.codeChallenge = challenge;
}

/** RFC 7636 §4.6, RFC 9700 §4.8.2: a verifier if and only if there was a challenge (S-033). Throws `invalid_grant`. */
export function checkCodeVerifier(verifier: string | undefined, challenge: string | null | undefined): void {
  if (verifier === undefined && !challenge) return;
  if (!challenge) throw new OAuthError('invalid_grant', 'code_verifier was sent, but there was no code_challenge');
  if (verifier === undefined) throw new OAuthError('invalid_grant', 'code_verifier is missing');
  if (!SYNTAX.test(verifier) || !equalConstantTime(sha256(verifier), challenge)) {
    throw new OAuthError('invalid_grant', 'code_verifier does not match the code_challenge');
  }
}

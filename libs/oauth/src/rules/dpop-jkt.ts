/** @spec RFC 9449 §10, §10.1 — a code is for the holder of one key, named before there is a code (S-041). */
import { OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';
import type { Parameters } from '../endpoints/form-parameters';
import type { Confirmation } from '../tokens/confirmation';

/** SHA-256, base64url (RFC 7638 §3). */
const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/;

/** Narrows `dpopJkt`. */
export function dpopJkt(request: AuthorizationRequest): void {
  const sent = request.parameters.get('dpop_jkt');
  if (sent !== undefined && !THUMBPRINT.test(sent)) {
    throw new OAuthError('invalid_request', 'dpop_jkt is not a SHA-256 thumbprint');
  }
  request.dpopJkt = sent;
}

/** RFC 9449 §10.1: the key of the proof that a pushed request came with is pinned as if it had been named. */
export function pinDpopJkt(parameters: Parameters, proven: Confirmation | undefined): Parameters {
  const jkt = proven?.jkt;
  if (jkt === undefined) return parameters;
  const sent = parameters.get('dpop_jkt');
  if (sent !== undefined && sent !== jkt) {
    throw new OAuthError('invalid_request', 'dpop_jkt is not the key of the DPoP proof');
  }
  return parameters.with('dpop_jkt', jkt);
}

/** Throws `invalid_grant` when the code is for another key than the one that was proven. */
export function checkDpopJkt(proven: Confirmation | undefined, pinned: string | null): void {
  if (pinned !== null && proven?.jkt !== pinned) {
    throw new OAuthError('invalid_grant', 'the code is bound to a key that the request has not proven to hold');
  }
}

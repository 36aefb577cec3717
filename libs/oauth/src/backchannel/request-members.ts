/** @spec CIBA Core §7.1, §13 — the members of a request that no other endpoint has; pure (S-161, S-162). */
import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import type { Parameters } from '../endpoints/form-parameters';

const MAX_MESSAGE_LENGTH = 64;
// Letters, digits, punctuation and single spaces of any script: nothing that is invisible or turns the direction.
const MESSAGE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+(?: [\p{L}\p{M}\p{N}\p{P}\p{S}]+)*$/u;
// RFC 6750 §2.1; CIBA bounds it.
const BEARER = /^[A-Za-z0-9._~+/-]+=*$/;
const MAX_TOKEN_LENGTH = 1024;
const MAX_SECONDS = 600;
const HINTS = ['login_hint', 'id_token_hint', 'login_hint_token'] as const;

export interface Hint {
  kind: (typeof HINTS)[number];
  value: string;
}

/** CIBA §7.1: exactly one. */
export function hintOf(parameters: Parameters): Hint {
  const [kind, ...more] = HINTS.filter((name) => parameters.has(name));
  if (!kind || more.length > 0) throw new OAuthError('invalid_request', `exactly one of ${HINTS.join(', ')} is needed`);
  return { kind, value: parameters.get(kind)! };
}

/** Throws `invalid_binding_message` for what could not be shown plainly on both screens. */
export function bindingMessageOf(parameters: Parameters): string | null {
  const message = parameters.get('binding_message');
  if (message === undefined) return null;
  if (message.length <= MAX_MESSAGE_LENGTH && MESSAGE.test(message)) return message;
  throw new OAuthError(
    'invalid_binding_message',
    `binding_message must be at most ${MAX_MESSAGE_LENGTH} plain characters`,
  );
}

/** What the client wishes for, or the tenant's; never more than ten minutes. */
export function lifetimeSeconds(parameters: Parameters, usual: number): number {
  const wished = parameters.get('requested_expiry');
  if (wished === undefined) return usual;
  if (!/^[1-9]\d{0,9}$/.test(wished))
    throw new OAuthError('invalid_request', 'requested_expiry must be a positive integer');
  return Math.min(Number(wished), MAX_SECONDS);
}

/**
 * Of a client that proves by one that the user wants to be asked; null for any other. It is needed whoever is meant: else
 * the answer would tell who there is.
 */
export function userCodeOf(parameters: Parameters, client: Client): string | null {
  const code = parameters.get('user_code');
  if (client.backchannel_user_code_parameter !== true) {
    if (code === undefined) return null;
    throw new OAuthError('invalid_request', 'user_code is for clients that have registered that they ask for it');
  }
  if (code === undefined) throw new OAuthError('missing_user_code', 'user_code is missing');
  return code;
}

/** Needed by a client that is told; null for one that polls. */
export function notificationTokenOf(parameters: Parameters, client: Client): string | null {
  if (client.backchannel_token_delivery_mode === 'poll') return null;
  const token = parameters.get('client_notification_token');
  if (token !== undefined && token.length <= MAX_TOKEN_LENGTH && BEARER.test(token)) return token;
  throw new OAuthError('invalid_request', 'client_notification_token is missing or no bearer token');
}

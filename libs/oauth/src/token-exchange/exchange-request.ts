/** @spec RFC 8693 §2.1 — what is to be exchanged, and for what; each token comes with its type, or not at all. */
import { OAuthError, TOKEN_TYPES, type TokenTypeIdentifier } from '@tokenidp/kernel';
import type { Parameters } from '../endpoints/form-parameters';

export interface PresentedToken {
  readonly token: string;
  readonly type: TokenTypeIdentifier;
}

export interface ExchangeRequest {
  readonly subject: PresentedToken;
  readonly actor?: PresentedToken;
  readonly requestedType: TokenTypeIdentifier;
}

const PRESENTABLE: readonly TokenTypeIdentifier[] = [
  TOKEN_TYPES.accessToken,
  TOKEN_TYPES.idToken,
  TOKEN_TYPES.refreshToken,
];
const REQUESTABLE: readonly TokenTypeIdentifier[] = [TOKEN_TYPES.accessToken, TOKEN_TYPES.jwt];

/** Throws `invalid_request` for what is missing, of an unknown type, or half there. */
export function exchangeRequest(parameters: Parameters): ExchangeRequest {
  const subject = presented(parameters, 'subject_token');
  if (!subject) throw new OAuthError('invalid_request', 'subject_token is missing');
  const requested = parameters.get('requested_token_type') ?? TOKEN_TYPES.accessToken;
  return {
    subject,
    actor: presented(parameters, 'actor_token'),
    requestedType: oneOf(REQUESTABLE, requested, 'requested_token_type'),
  };
}

function presented(parameters: Parameters, name: 'subject_token' | 'actor_token'): PresentedToken | undefined {
  const token = parameters.get(name);
  const type = parameters.get(`${name}_type`);
  if (token === undefined && type === undefined) return undefined;
  if (token === undefined) throw new OAuthError('invalid_request', `${name} is missing`);
  if (type === undefined) throw new OAuthError('invalid_request', `${name}_type is missing`);
  return { token, type: oneOf(PRESENTABLE, type, `${name}_type`) };
}

function oneOf(known: readonly TokenTypeIdentifier[], value: string, name: string): TokenTypeIdentifier {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new OAuthError('invalid_request', `${name} is not supported`);
  return found;
}

/** @spec RFC 7591 §2, OAuth 2.1 §2.4, OIDC Core §9 — one way to authenticate, and what that way needs. */
import { CLIENT_AUTH_METHODS, type ClientAuthMethod } from '@tokenidp/kernel';
import type { ClientType } from '../client';
import { invalid } from './client-metadata-error';
import { TYPE_RULES } from './client-type';
import { choiceMember, type MetadataInput } from './members';

export const ASYMMETRIC_ALGORITHMS = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'Ed25519', 'EdDSA'] as const;
const HMAC_ALGORITHMS = ['HS256', 'HS384', 'HS512'] as const;

const SECRET_METHODS: ReadonlySet<ClientAuthMethod> = new Set([
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
]);

/** True for the methods in which client and server share a secret. */
export function usesSecret(method: ClientAuthMethod): boolean {
  return SECRET_METHODS.has(method);
}

/** True for the methods in which the client has a key of its own, of which the server knows the public half. */
export function provesKey(method: ClientAuthMethod): boolean {
  return method === 'private_key_jwt' || method === 'self_signed_tls_client_auth';
}

export function authMethod(input: MetadataInput, type: ClientType): ClientAuthMethod {
  const { isConfidential, defaultAuthMethod } = TYPE_RULES[type];
  const method = choiceMember(input, 'token_endpoint_auth_method', CLIENT_AUTH_METHODS) ?? defaultAuthMethod;
  if (isConfidential === (method === 'none')) {
    const rule = isConfidential ? 'must not be none' : 'must be none, for it cannot keep a secret,';
    throw invalid('token_endpoint_auth_method', `${rule} for a client of type ${type}`);
  }
  return method;
}

/** S-058: the algorithm of the client's assertions; without it (OIDC Registration §2) any that fits its method and keys. */
export function authSigningAlgorithm(input: MetadataInput, method: ClientAuthMethod): string | undefined {
  const name = 'token_endpoint_auth_signing_alg';
  if (method === 'client_secret_jwt') return choiceMember(input, name, HMAC_ALGORITHMS);
  return method === 'private_key_jwt' ? choiceMember(input, name, ASYMMETRIC_ALGORITHMS) : undefined;
}

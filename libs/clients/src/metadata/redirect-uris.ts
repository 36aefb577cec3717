/** @spec OAuth 2.1 §2.3, RFC 8252 §7.1 and §8.4, RFC 9700 §4.1.3 — only a URI that means one place, to everybody, is registered. */
import type { GrantType } from '@tokenidp/kernel';
import type { ClientType } from '../client';
import { ClientMetadataError } from './client-metadata-error';
import { TYPE_RULES } from './client-type';
import { textListMember, type MetadataInput } from './members';
import type { RegistrationPolicy } from './registration-policy';

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const PRIVATE_USE_SCHEME = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:$/;

/** `redirect_uris`: at least one for a client that is redirected to, none for a type that never is. */
export function redirectUris(
  input: MetadataInput,
  type: ClientType,
  grants: readonly GrantType[],
  policy: RegistrationPolicy,
): string[] {
  const uris = redirectUriMember(input, 'redirect_uris', type, policy);
  if (grants.includes('authorization_code') && uris.length === 0) {
    throw new ClientMetadataError('invalid_redirect_uri', 'redirect_uris', 'must hold at least one URI');
  }
  if (!TYPE_RULES[type].grants.includes('authorization_code') && uris.length > 0) {
    const message = `must be absent: a client of type ${type} is never redirected to`;
    throw new ClientMetadataError('invalid_redirect_uri', 'redirect_uris', message);
  }
  return uris;
}

/** RP-Initiated Logout §3.1: the same kind of place, for after a sign-out. */
export function postLogoutRedirectUris(input: MetadataInput, type: ClientType, policy: RegistrationPolicy): string[] {
  return redirectUriMember(input, 'post_logout_redirect_uris', type, policy);
}

function redirectUriMember(input: MetadataInput, name: string, type: ClientType, policy: RegistrationPolicy): string[] {
  const uris = textListMember(input, name) ?? [];
  for (const uri of uris) {
    const problem = redirectUriProblem(uri, type);
    if (problem && !isOwnUri(uri, policy)) {
      const error = name === 'redirect_uris' ? 'invalid_redirect_uri' : 'invalid_client_metadata';
      throw new ClientMetadataError(error, name, `${JSON.stringify(uri)} ${problem}`);
    }
  }
  return uris;
}

/** What is wrong with a redirect URI for a client of this type; undefined when nothing is. */
export function redirectUriProblem(uri: string, type: ClientType): string | undefined {
  if (uri.includes('#')) return 'must not have a fragment';
  if (uri.includes('*')) return 'must not have a wildcard';
  const url = URL.parse(uri);
  if (!url) return 'must be an absolute URI';
  if (url.username || url.password || /^[^/?]*\/\/[^/?]*@/.test(uri)) return 'must not hold a user or password';
  return schemeProblem(url, type) ?? spellingProblem(uri, url);
}

function schemeProblem(url: URL, type: ClientType): string | undefined {
  if (url.protocol === 'https:') return undefined;
  if (url.protocol === 'http:') return LOOPBACK_HOSTS.has(url.hostname) ? undefined : 'must use https';
  if (type !== 'native') return 'must use https';
  return PRIVATE_USE_SCHEME.test(url.protocol) ? undefined : 'must use https or a scheme with a dot in its name';
}

/**
 * URIs are compared as strings later, while browsers go where the parsed URI leads: one that is not spelled the way it
 * parses (upper-case host, `:443`, `..`, tabs, other alphabets) would look like one place and be another.
 */
function spellingProblem(uri: string, url: URL): string | undefined {
  if (url.href === uri || url.href === `${uri}/`) return undefined;
  return `must be spelled ${JSON.stringify(url.href)}`;
}

/** The portal lives at the tenant's issuer, which on a developer's network may be plain http. */
function isOwnUri(uri: string, { origin, issuer }: RegistrationPolicy): boolean {
  return origin === 'built-in' && uri.startsWith(`${issuer}/`);
}

/** @spec RFC 7591 §2, §3.2.2 and §5, RFC 9700 §4.11.2 — a client that registers itself stays within what its tenant allows. */
import { formatScope, parseScope } from '@tokenidp/kernel';
import type { RedirectUriScheme, RegistrationLimits } from '@tokenidp/tenancy';
import type { ClientMetadata } from '../client';
import { ClientMetadataError, invalid } from './client-metadata-error';

type Registered = Pick<
  ClientMetadata,
  'grant_types' | 'token_endpoint_auth_method' | 'redirect_uris' | 'post_logout_redirect_uris' | 'scope'
>;

/** The metadata with its scope narrowed to what can be had. @throws ClientMetadataError for what is not allowed here */
export function withinLimits<T extends Registered>(client: T, limits: RegistrationLimits): T {
  for (const grant of client.grant_types) {
    if (!limits.grantTypes.includes(grant))
      throw invalid('grant_types', `may hold only ${limits.grantTypes.join(', ')}`);
  }
  if (!limits.authMethods.includes(client.token_endpoint_auth_method)) {
    throw invalid('token_endpoint_auth_method', `must be one of ${limits.authMethods.join(', ')}`);
  }
  assertPlaces(client, limits);
  return { ...client, scope: narrowed(client.scope, limits.scopes) };
}

/** True when the tenant knows every place that the client redirects to. */
export function redirectsToKnownHosts(uris: readonly string[], { redirectUriHosts }: RegistrationLimits): boolean {
  const isKnown = (uri: string) =>
    kindOf(new URL(uri)) === 'https' && isHostIn(new URL(uri).hostname, redirectUriHosts);
  return uris.length > 0 && uris.every(isKnown);
}

/** @param patterns `host` or `*.domain` */
export function isHostIn(host: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern));
}

function assertPlaces({ redirect_uris, post_logout_redirect_uris }: Registered, limits: RegistrationLimits): void {
  for (const uri of redirect_uris) {
    const problem = placeProblem(uri, limits);
    if (problem) throw new ClientMetadataError('invalid_redirect_uri', 'redirect_uris', problem);
  }
  for (const uri of post_logout_redirect_uris) {
    const problem = placeProblem(uri, limits);
    if (problem) throw invalid('post_logout_redirect_uris', problem);
  }
}

function placeProblem(uri: string, { redirectUriSchemes, redirectUriHosts }: RegistrationLimits): string | undefined {
  const url = new URL(uri);
  const kind = kindOf(url);
  if (!redirectUriSchemes.includes(kind)) return `may only be of the kind ${redirectUriSchemes.join(', ')}`;
  const isFree = kind !== 'https' || redirectUriHosts.length === 0;
  return isFree || isHostIn(url.hostname, redirectUriHosts) ? undefined : 'must be at a host that is allowed here';
}

function kindOf({ protocol }: URL): RedirectUriScheme {
  if (protocol === 'https:') return 'https';
  return protocol === 'http:' ? 'loopback' : 'private-use';
}

/** RFC 7591 §2: without `scope` a default set is registered; and the server may replace what was asked for. */
function narrowed(scope: string | undefined, allowed: readonly string[]): string {
  if (scope === undefined) return formatScope(allowed);
  const asked = parseScope(scope);
  const kept = allowed.filter((name) => asked.has(name));
  if (asked.size > 0 && kept.length === 0) throw invalid('scope', 'holds nothing that a client can have here');
  return formatScope(kept);
}

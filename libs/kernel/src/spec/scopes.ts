/** OIDC Core §5.4 and §11: scopes that belong to the provider itself rather than to a resource. */
export const OIDC_SCOPES = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'] as const;

export type OidcScope = (typeof OIDC_SCOPES)[number];

const oidcScopes: ReadonlySet<string> = new Set(OIDC_SCOPES);

/** True for a scope that needs no resource. */
export function isOidcScope(scope: string): scope is OidcScope {
  return oidcScopes.has(scope);
}

/** RFC 6749 §3.3: `scope` is a list of case-sensitive tokens parted by single spaces. */
export function parseScope(scope: string | undefined | null): Set<string> {
  return new Set(scope ? scope.split(' ').filter(Boolean) : []);
}

/** The inverse of {@link parseScope}: the wire form of a set of scopes. */
export function formatScope(scopes: Iterable<string>): string {
  return [...scopes].join(' ');
}

/** RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ). */
export const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

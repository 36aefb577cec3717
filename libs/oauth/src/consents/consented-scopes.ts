/** @spec OAuth 2.1 §7.9, OIDC Core §3.1.2.4 — what a user allowed a client; the same scope name at another API is another scope. */
import { isOidcScope } from '@tokenidp/kernel';

/** Scopes of the provider itself, and those of each API by its identifier. */
export interface ConsentedScopes {
  scopes: ReadonlySet<string>;
  apiScopes: Readonly<Record<string, readonly string[]>>;
}

/** True when everything asked for was allowed before. */
export function isCovered(asked: ConsentedScopes, consented: ConsentedScopes): boolean {
  const own = [...asked.scopes].filter(isOidcScope);
  return (
    own.every((scope) => consented.scopes.has(scope)) &&
    Object.entries(asked.apiScopes).every(([api, scopes]) => isCoveredAt(api, scopes, consented))
  );
}

function isCoveredAt(api: string, scopes: readonly string[], consented: ConsentedScopes): boolean {
  const allowed = consented.apiScopes[api];
  return allowed !== undefined && scopes.every((scope) => allowed.includes(scope));
}

/** What is remembered after the user agreed: what was there and what is new. Order does not depend on the requests'. */
export function mergeConsent(consented: ConsentedScopes | null, asked: ConsentedScopes): ConsentedScopes {
  const own = [...asked.scopes].filter(isOidcScope);
  const apiScopes = { ...consented?.apiScopes };
  for (const [api, scopes] of Object.entries(asked.apiScopes)) {
    apiScopes[api] = [...new Set([...(apiScopes[api] ?? []), ...scopes])].sort();
  }
  return { scopes: new Set([...(consented?.scopes ?? []), ...own].sort()), apiScopes };
}

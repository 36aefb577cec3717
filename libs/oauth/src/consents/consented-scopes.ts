/** @spec OAuth 2.1 §7.9, OIDC Core §3.1.2.4 — what a user allowed a client; the same scope name at another API is another scope. */
import { isOidcScope } from '@tokenidp/kernel';
import { detailHash } from '../authorization-details/detail-view';
import type { AuthorizationRequest } from '../authorize/authorization-request';

/** Scopes of the provider itself, and those of each API by its identifier. */
export interface ConsentedScopes {
  scopes: ReadonlySet<string>;
  apiScopes: Readonly<Record<string, readonly string[]>>;
  /** authorization details, each by its hash: another value is something else (RFC 9396 §5) */
  detailHashes?: readonly string[];
}

// So many are remembered; who agrees to others each time is asked each time.
const MAX_DETAILS = 100;

/** What the user is asked for. */
export function askedOf({
  scopes,
  apiScopes,
  authorizationDetails,
}: Pick<AuthorizationRequest, 'scopes' | 'apiScopes' | 'authorizationDetails'>): ConsentedScopes {
  return { scopes, apiScopes, detailHashes: authorizationDetails.map(detailHash) };
}

/** True when everything asked for was allowed before. */
export function isCovered(asked: ConsentedScopes, consented: ConsentedScopes): boolean {
  const own = [...asked.scopes].filter(isOidcScope);
  return (
    own.every((scope) => consented.scopes.has(scope)) &&
    (asked.detailHashes ?? []).every((hash) => consented.detailHashes?.includes(hash)) &&
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
  const details = [...new Set([...(asked.detailHashes ?? []), ...(consented?.detailHashes ?? [])])];
  const detailHashes = details.slice(0, MAX_DETAILS);
  const scopes = new Set([...(consented?.scopes ?? []), ...own].sort());
  return { scopes, apiScopes, ...(detailHashes.length > 0 && { detailHashes }) };
}

/**
 * @spec RFC 8414 §3.1 — takes the tenant out of the raw request target. Nothing is decoded or normalised:
 * a target that is not spelled exactly like an issuer's stays as it is, and so belongs to no path tenant.
 */
export interface TenantTarget {
  slug: string | undefined;
  /** The target below the tenant's issuer, query included; starts with '/'. */
  url: string;
}

const SLUG = '[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?';
const BELOW = new RegExp(`^/t/(${SLUG})(?=[/?]|$)`);
const INSERTED = new RegExp(
  `^(/\\.well-known/(?:oauth-authorization-server|openid-configuration))/t/(${SLUG})(?=\\?|$)`,
);

/** `/t/acme/token?x` → acme, `/token?x`; `/.well-known/openid-configuration/t/acme` → acme, `/.well-known/openid-configuration`. */
export function splitTenantPath(url: string): TenantTarget {
  const below = BELOW.exec(url);
  if (below) return { slug: below[1], url: withSlash(url.slice(below[0].length)) };
  const inserted = url.startsWith('/.') ? INSERTED.exec(url) : null;
  if (inserted) return { slug: inserted[2], url: `${inserted[1]}${url.slice(inserted[0].length)}` };
  return { slug: undefined, url };
}

function withSlash(rest: string): string {
  return rest.startsWith('/') ? rest : `/${rest}`;
}

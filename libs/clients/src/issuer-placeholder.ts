/**
 * What the server registers for itself lives below the tenant's issuer, which can change (a new PUBLIC_URL, a domain
 * of the tenant's own): it is stored with a placeholder and read with the issuer of the day.
 */
const PLACEHOLDER = '{issuer}';

export function withIssuer(stored: string, issuer: string): string {
  return stored.startsWith(`${PLACEHOLDER}/`) ? issuer + stored.slice(PLACEHOLDER.length) : stored;
}

export function withoutIssuer(uri: string, issuer: string): string {
  return isBelowIssuer(uri, issuer) ? PLACEHOLDER + uri.slice(issuer.length) : uri;
}

export function isBelowIssuer(uri: string, issuer: string): boolean {
  return uri.startsWith(`${issuer}/`);
}

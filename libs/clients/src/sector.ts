import type { Client } from './client';

export type Sectored = Pick<Client, 'redirect_uris' | 'sector_identifier_uri'>;

/**
 * @spec OIDC Core §8.1 — the host that users are known to a pairwise client by: of its sector identifier, else the one of
 * all its redirect URIs. Undefined when they have several, or none.
 */
export function sectorOf({ sector_identifier_uri, redirect_uris }: Sectored): string | undefined {
  const uris = sector_identifier_uri === undefined ? redirect_uris : [sector_identifier_uri];
  const hosts = new Set(uris.map((uri) => URL.parse(uri)?.hostname ?? ''));
  const [host] = hosts;
  return hosts.size === 1 && host !== '' ? host : undefined;
}

/** @spec OIDC Registration §5, OIDC Core §8.1 — nobody joins a sector whose owner does not list all of its redirect URIs. */
import { Injectable } from '@nestjs/common';
import { GuardedHttpClient, OutboundError } from '@tokenidp/kernel';
import { invalid } from './metadata/client-metadata-error';
import type { Sectored } from './sector';

const NAME = 'sector_identifier_uri';

@Injectable()
export class SectorIdentifiers {
  constructor(private readonly http: GuardedHttpClient) {}

  /** Asks the sector, unless one of `known` is the same and was asked about before. @throws ClientMetadataError */
  async check(client: Sectored, ...known: readonly (Sectored | undefined)[]): Promise<void> {
    const uri = client.sector_identifier_uri;
    if (uri === undefined || known.some((each) => each && isSame(each, client))) return;
    const listed = await this.listedAt(uri);
    const missing = client.redirect_uris.find((each) => !listed.has(each));
    if (missing !== undefined) throw invalid(NAME, `does not list ${JSON.stringify(missing)}`);
  }

  private async listedAt(uri: string): Promise<ReadonlySet<unknown>> {
    const document = await this.fetch(uri);
    if (!Array.isArray(document)) throw invalid(NAME, 'must lead to a JSON array');
    return new Set(document);
  }

  private async fetch(uri: string): Promise<unknown> {
    try {
      const answer = await this.http.fetch(uri, { accept: 'application/json' });
      return answer.status === 200 ? answer.json() : undefined;
    } catch (error) {
      if (error instanceof OutboundError) throw invalid(NAME, `cannot be fetched: ${error.message}`);
      return undefined;
    }
  }
}

function isSame(a: Sectored, b: Sectored): boolean {
  const text = ({ sector_identifier_uri, redirect_uris }: Sectored): string =>
    JSON.stringify([sector_identifier_uri, redirect_uris]);
  return text(a) === text(b);
}

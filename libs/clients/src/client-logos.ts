/**
 * @spec RFC 7591 §2 and §5, draft-ietf-oauth-client-id-metadata-document §8.8 — a client's logo comes from us: its host
 * does not learn who signs in where, and cannot show one picture to us and another to the user (S-009, S-170).
 */
import { Injectable, Logger } from '@nestjs/common';
import { Clock, GuardedHttpClient } from '@tokenidp/kernel';
import { LRUCache } from 'lru-cache';
import type { Client } from './client';

export interface ClientLogo {
  type: string;
  body: Buffer;
}

interface Kept {
  logo: ClientLogo | null;
  /** Milliseconds. */
  until: number;
}

const TYPES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml']);
const MAX_BYTES = 128 * 1024;
const MAX_KEPT_BYTES = 32 * 1024 * 1024;
/** What an entry weighs beside its picture, so that many without one are bounded too. */
const ENTRY_BYTES = 1024;
const KEPT_MILLISECONDS = 3_600_000;
const RETRY_MILLISECONDS = 60_000;

@Injectable()
export class ClientLogos {
  private readonly logger = new Logger(ClientLogos.name);
  private readonly pending = new Map<string, Promise<Kept>>();
  private readonly kept = new LRUCache<string, Kept>({
    maxSize: MAX_KEPT_BYTES,
    sizeCalculation: ({ logo }) => ENTRY_BYTES + (logo?.body.length ?? 0),
  });

  constructor(
    private readonly http: GuardedHttpClient,
    private readonly clock: Clock,
  ) {}

  /** Null when the client has none, or when it cannot be had. */
  async find({ tenantId, logo_uri }: Pick<Client, 'tenantId' | 'logo_uri'>): Promise<ClientLogo | null> {
    if (!logo_uri) return null;
    const key = `${tenantId} ${logo_uri}`;
    const known = this.kept.get(key);
    if (known && this.clock.now().getTime() < known.until) return known.logo;
    return (await this.fetchOnce(key, logo_uri)).logo;
  }

  private fetchOnce(key: string, uri: string): Promise<Kept> {
    const running = this.pending.get(key);
    if (running) return running;
    const started = this.fetch(uri)
      .then((kept) => {
        this.kept.set(key, kept);
        return kept;
      })
      .finally(() => this.pending.delete(key));
    this.pending.set(key, started);
    return started;
  }

  /** Never rejects: a page is shown without the logo. */
  private async fetch(uri: string): Promise<Kept> {
    const now = this.clock.now().getTime();
    try {
      const { status, headers, body } = await this.http.fetch(uri, { accept: 'image/*', maxBytes: MAX_BYTES });
      const type = String(headers['content-type'] ?? '')
        .split(';')[0]!
        .trim()
        .toLowerCase();
      if (status !== 200 || !TYPES.has(type)) throw new Error(`status ${status}, type ${type.slice(0, 100)}`);
      return { logo: { type, body }, until: now + KEPT_MILLISECONDS };
    } catch (error) {
      this.logger.warn(`a client's logo could not be fetched: ${error instanceof Error ? error.message : 'unknown'}`);
      return { logo: null, until: now + RETRY_MILLISECONDS };
    }
  }
}

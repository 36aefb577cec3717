/** @spec OIDC Core §10.1.1, RFC 7517 §5 — a client's keys, fetched again when it signs with one that is not known yet. */
import { Injectable, Logger } from '@nestjs/common';
import { Clock, GuardedHttpClient, type OutboundResponse } from '@tokenidp/kernel';
import type { JSONWebKeySet, JWK } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Client } from './client';
import { findEncryptionKey } from './metadata/encryption';
import { fitKeys } from './metadata/key-set';

type KeyedClient = Pick<Client, 'tenantId' | 'jwks' | 'jwks_uri'>;

interface Fetched {
  jwks: JSONWebKeySet;
  /** Milliseconds; when it was last tried, and until when what came is believed. */
  triedAt: number;
  freshUntil: number;
}

const MAX_KEY_SETS = 2_000;
/** One client cannot make us fetch more often than this, whatever it names in its headers. */
const MIN_INTERVAL_MS = 60_000;
const DEFAULT_AGE_SECONDS = 600;
const MAX_AGE_SECONDS = 3_600;
const NO_KEYS: JSONWebKeySet = { keys: [] };

@Injectable()
export class ClientKeys {
  private readonly logger = new Logger(ClientKeys.name);
  private readonly fetched = new LRUCache<string, Fetched>({ max: MAX_KEY_SETS });
  private readonly pending = new Map<string, Promise<Fetched>>();

  constructor(
    private readonly http: GuardedHttpClient,
    private readonly clock: Clock,
  ) {}

  /**
   * The public keys of the client; empty when it has none or when they cannot be had. A `kid` that is not among the
   * known ones makes them be fetched again, at most once in 60 s.
   */
  keys(client: KeyedClient, kid?: string): Promise<JSONWebKeySet> {
    return this.find(client, ({ keys }) => kid === undefined || keys.some((each) => each.kid === kid));
  }

  /** @spec OIDC Core §10.2.1 — the key to encrypt with; fetched again, as rarely, when none of the known ones fits. */
  async encryptionKey(client: KeyedClient, algorithm: string): Promise<JWK | undefined> {
    const fitting = (jwks: JSONWebKeySet): JWK | undefined => findEncryptionKey(jwks, algorithm);
    return fitting(await this.find(client, (jwks) => fitting(jwks) !== undefined));
  }

  private async find(client: KeyedClient, suffices: (jwks: JSONWebKeySet) => boolean): Promise<JSONWebKeySet> {
    if (client.jwks) return client.jwks;
    if (!client.jwks_uri) return NO_KEYS;
    const key = `${client.tenantId} ${client.jwks_uri}`;
    const known = this.fetched.get(key);
    if (known && !this.isWorthFetching(known, suffices)) return known.jwks;
    return (await this.fetchOnce(key, client.jwks_uri, known)).jwks;
  }

  private isWorthFetching({ jwks, triedAt, freshUntil }: Fetched, suffices: (jwks: JSONWebKeySet) => boolean): boolean {
    const now = this.clock.now().getTime();
    if (now - triedAt < MIN_INTERVAL_MS) return false;
    return now >= freshUntil || !suffices(jwks);
  }

  private fetchOnce(key: string, uri: string, known: Fetched | undefined): Promise<Fetched> {
    const running = this.pending.get(key);
    if (running) return running;
    const started = this.fetch(uri, known)
      .then((fetched) => {
        this.fetched.set(key, fetched);
        return fetched;
      })
      .finally(() => this.pending.delete(key));
    this.pending.set(key, started);
    return started;
  }

  /** Never rejects: without an answer the keys from before go on, but not for ever. */
  private async fetch(uri: string, known: Fetched | undefined): Promise<Fetched> {
    const triedAt = this.clock.now().getTime();
    try {
      const answer = await this.http.fetch(uri, { accept: 'application/jwk-set+json, application/json' });
      if (answer.status !== 200) throw new Error(`status ${answer.status}`);
      return { jwks: fitKeys(answer.json()), triedAt, freshUntil: triedAt + maxAgeSeconds(answer) * 1000 };
    } catch (error) {
      this.logger.warn(
        `a client's key set could not be fetched: ${error instanceof Error ? error.message : 'unknown'}`,
      );
      const isUsable = known !== undefined && triedAt < known.freshUntil + MAX_AGE_SECONDS * 1000;
      return isUsable ? { ...known, triedAt } : { jwks: NO_KEYS, triedAt, freshUntil: triedAt };
    }
  }
}

function maxAgeSeconds({ headers }: OutboundResponse): number {
  const [, seconds] = /(?:^|[,\s])max-age=(\d{1,9})/i.exec(String(headers['cache-control'] ?? '')) ?? [];
  return seconds === undefined ? DEFAULT_AGE_SECONDS : Math.min(Number(seconds), MAX_AGE_SECONDS);
}

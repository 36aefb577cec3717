/** @spec OIDC Core §10.1.1, RFC 7517 §5 — a client's keys, fetched again when it signs with one that is not known yet. */
import { Injectable, Logger } from '@nestjs/common';
import { EVERY_KEY } from '@tokenidp/database';
import { Clock, GuardedHttpClient, type OutboundResponse, sha256 } from '@tokenidp/kernel';
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
  /** To be fetched anew, however lately that was done. */
  isDoubted?: boolean;
  /** Why the last try brought nothing. */
  problem?: string;
}

/** What is known of a client's keys, for people. */
export interface KnownKeys {
  readonly jwks: JSONWebKeySet;
  /** Of keys by reference: when they were last asked for, and why that brought nothing. */
  readonly triedAt?: Date;
  readonly problem?: string;
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

  /** As `keys`, with what became of the last try. */
  async describe(client: KeyedClient): Promise<KnownKeys> {
    const jwks = await this.keys(client);
    const fetched = client.jwks_uri === undefined ? undefined : this.fetched.get(nameOf(client, client.jwks_uri));
    return { jwks, ...(fetched && { triedAt: new Date(fetched.triedAt), problem: fetched.problem }) };
  }

  /** The next one who needs the keys asks the client, however lately that was done. @param name of `keysTopicKey` */
  doubt(name: string): void {
    // A copy: what is set moves to the front of the cache, and a walk over the cache itself would never end.
    for (const [key, known] of [...this.fetched.entries()]) {
      if (name === EVERY_KEY || sha256(key) === name) this.fetched.set(key, { ...known, isDoubted: true });
    }
  }

  private async find(client: KeyedClient, suffices: (jwks: JSONWebKeySet) => boolean): Promise<JSONWebKeySet> {
    if (client.jwks) return client.jwks;
    if (!client.jwks_uri) return NO_KEYS;
    const key = nameOf(client, client.jwks_uri);
    const known = this.fetched.get(key);
    if (known && !this.isWorthFetching(known, suffices)) return known.jwks;
    return (await this.fetchOnce(key, client.jwks_uri, known)).jwks;
  }

  private isWorthFetching(known: Fetched, suffices: (jwks: JSONWebKeySet) => boolean): boolean {
    const { jwks, triedAt, freshUntil, isDoubted } = known;
    const now = this.clock.now().getTime();
    if (isDoubted) return true;
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
      const problem = error instanceof Error ? error.message : 'unknown';
      this.logger.warn(`a client's key set could not be fetched: ${problem}`);
      const isUsable = known !== undefined && triedAt < known.freshUntil + MAX_AGE_SECONDS * 1000;
      const kept = isUsable ? known : { jwks: NO_KEYS, freshUntil: triedAt };
      return { jwks: kept.jwks, freshUntil: kept.freshUntil, triedAt, problem };
    }
  }
}

function nameOf({ tenantId }: KeyedClient, uri: string): string {
  return `${tenantId} ${uri}`;
}

/** How a client's keys are named to other instances: short, whatever the address. */
export function keysTopicKey({ tenantId, jwks_uri }: KeyedClient): string {
  return sha256(`${tenantId} ${jwks_uri}`);
}

function maxAgeSeconds({ headers }: OutboundResponse): number {
  const [, seconds] = /(?:^|[,\s])max-age=(\d{1,9})/i.exec(String(headers['cache-control'] ?? '')) ?? [];
  return seconds === undefined ? DEFAULT_AGE_SECONDS : Math.min(Number(seconds), MAX_AGE_SECONDS);
}

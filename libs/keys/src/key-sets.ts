import type { KeyObject } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { CoherentCache, Invalidations } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import type { Tenant, TenantSettings } from '@tokenidp/tenancy';
import { LRUCache } from 'lru-cache';
import type { SigningAlgorithm } from './algorithms';
import { KeyLifecycle, KEYS_TOPIC } from './key-lifecycle';
import { KeySet, type SigningKey } from './key-set';
import { KeyWrapping } from './key-wrapping';
import { after, misscheduled, ofAlgorithm, rotationPolicy, rotationSteps } from './rotation-policy';
import { SigningKeysRepository } from './signing-keys.repository';

const MAX_TENANTS = 500;
const MAX_PRIVATE_KEYS = 1_000;
const TEN_MINUTES_SECONDS = 600;
/** How long a retired key still tells what an ID token said: no session lives longer. */
const HINT_SECONDS = 30 * 86_400;

/** Key sets by tenant, from memory; unwrapped private keys for ten minutes at most. */
@Injectable()
export class KeySets {
  private readonly logger = new Logger(KeySets.name);
  private readonly sets: CoherentCache<KeySet>;
  private readonly privateKeys = new LRUCache<string, KeyObject>({
    max: MAX_PRIVATE_KEYS,
    ttl: TEN_MINUTES_SECONDS * 1000,
    ttlAutopurge: true,
  });
  /** The settings that a set has been compared with. */
  private readonly settled = new WeakMap<KeySet, WeakSet<TenantSettings>>();
  private readonly provisions = new Map<string, Promise<void>>();

  constructor(
    invalidations: Invalidations,
    private readonly repository: SigningKeysRepository,
    private readonly lifecycle: KeyLifecycle,
    private readonly wrapping: KeyWrapping,
    private readonly clock: Clock,
  ) {
    this.sets = new CoherentCache(invalidations, {
      topic: KEYS_TOPIC,
      max: MAX_TENANTS,
      ttlSeconds: TEN_MINUTES_SECONDS,
      load: (tenantId) => this.load(tenantId),
    });
  }

  /** The set in memory; undefined when it has to be loaded. */
  peek(tenantId: string): KeySet | undefined {
    return this.sets.peek(tenantId);
  }

  /** Empty for a tenant without keys. */
  async of(tenantId: string): Promise<KeySet> {
    return (await this.sets.get(tenantId)) ?? new KeySet(tenantId, []);
  }

  /**
   * The key that signs. An algorithm that was added to the tenant's settings gets its first key now.
   * @throws Error when the algorithm is not among the tenant's settings
   */
  async signingKey(tenant: Tenant, alg: SigningAlgorithm): Promise<SigningKey> {
    const set = this.sets.peek(tenant.id) ?? (await this.of(tenant.id));
    this.settle(tenant, set);
    if (!tenant.settings.keys.algorithms.includes(alg))
      throw new Error(`tenant ${tenant.slug} does not sign with ${alg}`);
    const key = set.signingKey(alg);
    if (key) return key;
    await this.provide(tenant, alg);
    // Read anew: the word of a key that another instance made may still be under way to this one's cache.
    const provided = (await this.load(tenant.id))?.signingKey(alg);
    if (!provided) throw new Error(`tenant ${tenant.slug} has no ${alg} key`);
    return provided;
  }

  privateKey(key: SigningKey): KeyObject {
    const known = this.privateKeys.get(key.id);
    if (known) return known;
    const opened = this.wrapping.unwrap(key, key.wrappedPrivateKey);
    this.privateKeys.set(key.id, opened);
    return opened;
  }

  /** Brings keys and instants in line with the tenant's settings, beside the request that saw that they had changed. */
  settle(tenant: Tenant, set: KeySet): void {
    const known = this.settled.get(set);
    if (known?.has(tenant.settings)) return;
    if (known) known.add(tenant.settings);
    else this.settled.set(set, new WeakSet([tenant.settings]));
    this.settleNow(tenant, set).catch((error: unknown) => {
      this.logger.error(`the keys of tenant ${tenant.slug} could not follow its settings: ${String(error)}`);
    });
  }

  private async settleNow(tenant: Tenant, set: KeySet): Promise<void> {
    for (const { key, dueAt } of misscheduled(set.rows, rotationPolicy(tenant.settings))) {
      await this.lifecycle.apply(tenant, { kind: 'reschedule', key, dueAt });
    }
    for (const alg of tenant.settings.keys.algorithms) {
      if (!set.signingKey(alg)) await this.provide(tenant, alg);
    }
  }

  /** Callers that need the same key at once wait for one generation. */
  private provide(tenant: Tenant, alg: SigningAlgorithm): Promise<void> {
    const name = `${tenant.id} ${alg}`;
    const running = this.provisions.get(name);
    if (running) return running;
    const provision = this.provideNow(tenant, alg).finally(() => this.provisions.delete(name));
    this.provisions.set(name, provision);
    return provision;
  }

  private async provideNow(tenant: Tenant, alg: SigningAlgorithm): Promise<void> {
    const now = this.clock.now();
    const keys = ofAlgorithm(alg, await this.repository.usable(tenant.id, now));
    if (keys.some(({ state }) => state === 'current')) return;
    for (const step of rotationSteps(alg, keys, rotationPolicy(tenant.settings), now)) {
      if (step.kind === 'create' || step.kind === 'activate') await this.lifecycle.apply(tenant, step);
    }
  }

  private async load(tenantId: string): Promise<KeySet | null> {
    const rows = await this.repository.usable(tenantId, after(this.clock.now(), -HINT_SECONDS));
    return rows.length === 0 ? null : new KeySet(tenantId, rows);
  }
}

import { Injectable } from '@nestjs/common';
import { Clock } from '@tokenidp/kernel';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import type { SigningAlgorithm } from './algorithms';
import { type KeyChange, KeyLifecycle } from './key-lifecycle';
import { type ImportedKey, readPrivateKey } from './key-import';
import type { PublicJwk } from './key-pair';
import type { PublishedKeys } from './key-set';
import { KeySets } from './key-sets';
import { KeysError, notConfigured, overtaken } from './keys-error';
import { rotationPolicy, signsFrom } from './rotation-policy';
import type { KeyState, SigningKeyEntity } from './signing-key.entity';
import { SigningKeysRepository } from './signing-keys.repository';

/** A key as administrators see it: no private part in any form. */
export interface SigningKeyView {
  id: string;
  kid: string;
  alg: SigningAlgorithm;
  state: KeyState;
  publicJwk: PublicJwk;
  createdAt: Date;
  activatedAt: Date | null;
  demotedAt: Date | null;
  retiredAt: Date | null;
  revokedAt: Date | null;
  /** When the next step is due; null when none is. */
  dueAt: Date | null;
  reason: string | null;
}

export type RotationOutcome =
  | { outcome: 'rotated'; kid: string }
  /** The next key has not been published long enough: it takes over by itself at this instant. */
  | { outcome: 'scheduled'; kid: string; at: Date }
  /** The tenant's settings do not name the algorithm. */
  | { outcome: 'not-configured' }
  /** Somebody else rotated or revoked at the same time; look again. */
  | { outcome: 'overtaken' };

export type RotationPreview =
  { outcome: 'rotated' | 'scheduled'; kid: string | null; at: Date } | { outcome: 'not-configured' };

export type RevocationOutcome =
  | { outcome: 'revoked'; /** the key that signs instead, when the revoked one signed */ current?: string }
  | { outcome: 'unknown-key' | 'already-revoked' | 'overtaken' };

const MAX_REASON = 500;
/** A thumbprint, as all of ours are. */
const KID = /^[\w-]{1,255}$/;
const ATTEMPTS = 3;

@Injectable()
export class KeysService {
  constructor(
    private readonly repository: SigningKeysRepository,
    private readonly sets: KeySets,
    private readonly lifecycle: KeyLifecycle,
    private readonly tenants: TenantsService,
    private readonly clock: Clock,
  ) {}

  /** The tenant's public keys, ready to be sent; from memory when warm. */
  async jwks(tenant: Tenant): Promise<PublishedKeys> {
    const set = await this.sets.of(tenant.id);
    this.sets.settle(tenant, set);
    return set.published;
  }

  /** The same when it is in memory; undefined when it has to be loaded. */
  peekJwks(tenant: Tenant): PublishedKeys | undefined {
    const set = this.sets.peek(tenant.id);
    if (set) this.sets.settle(tenant, set);
    return set?.published;
  }

  /** For the metadata documents; the first one is the default. */
  algorithms(tenant: Tenant): readonly SigningAlgorithm[] {
    return tenant.settings.keys.algorithms;
  }

  async list(tenantId: string): Promise<SigningKeyView[]> {
    return (await this.repository.list(tenantId)).map(viewOf);
  }

  /**
   * Lets the next key sign: now when it has been published for the lead time (or `force`, after which clients with an
   * older key set fail until they fetch a new one), else as soon as it has.
   */
  async rotate(
    tenant: Tenant,
    algorithm: SigningAlgorithm,
    options: KeyChange & { force?: boolean } = {},
  ): Promise<RotationOutcome> {
    const { force = false, ...change } = options;
    if (!this.algorithms(tenant).includes(algorithm)) return { outcome: 'not-configured' };
    await this.sets.signingKey(tenant, algorithm);
    const next = await this.next(tenant, algorithm, change);
    const current = await this.repository.findByState(tenant.id, algorithm, 'current');
    if (!next || !current) return { outcome: 'overtaken' };
    const at = signsFrom(next, rotationPolicy(tenant.settings));
    const isDue = force || at <= this.clock.now();
    const done = isDue
      ? await this.lifecycle.apply(tenant, { kind: 'activate', next, current }, change)
      : await this.lifecycle.schedule(tenant, next, at, change);
    if (!done) return { outcome: 'overtaken' };
    return isDue ? { outcome: 'rotated', kid: next.kid } : { outcome: 'scheduled', kid: next.kid, at };
  }

  /** What `rotate` would do, and nothing of it; no kid for a key that is yet to be made. */
  async previewRotation(tenant: Tenant, algorithm: SigningAlgorithm, force = false): Promise<RotationPreview> {
    if (!this.algorithms(tenant).includes(algorithm)) return { outcome: 'not-configured' };
    const next = await this.repository.findByState(tenant.id, algorithm, 'next');
    const now = this.clock.now();
    const at = signsFrom(next ?? { createdAt: now }, rotationPolicy(tenant.settings));
    const isDue = force || at <= now;
    return { outcome: isDue ? 'rotated' : 'scheduled', kid: next?.kid ?? null, at: isDue ? now : at };
  }

  /** A key made elsewhere, as the next one. @throws KeysError */
  async import(tenant: Tenant, input: ImportedKey, change: KeyChange = {}): Promise<SigningKeyView> {
    if (!this.algorithms(tenant).includes(input.algorithm)) throw notConfigured(input.algorithm);
    const pair = await readPrivateKey(input);
    if (await this.repository.findByKid(tenant.id, pair.kid)) {
      throw new KeysError('known-key', 'The tenant has, or had, this very key.');
    }
    if (!(await this.lifecycle.import(tenant, pair, change))) throw overtaken();
    return viewOf((await this.repository.findByKid(tenant.id, pair.kid))!);
  }

  /** @throws KeysError (`unknown-key`) */
  async get(tenantId: string, kid: string): Promise<SigningKeyView> {
    const row = KID.test(kid) ? await this.repository.findByKid(tenantId, kid) : null;
    if (!row) throw new KeysError('unknown-key', 'There is no such key.');
    return viewOf(row);
  }

  /** Those that sign, will sign or have signed what may still be good. */
  async usable(tenantId: string): Promise<SigningKeyView[]> {
    return (await this.repository.usable(tenantId, this.clock.now())).map(viewOf);
  }

  /**
   * For a key that may be known to others: out of the key set at once, whatever it signed fails from now on.
   * When it signed, another key does so from the same transaction on.
   */
  async revoke(tenant: Tenant, kid: string, reason: string, change: KeyChange = {}): Promise<RevocationOutcome> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const key = await this.repository.findByKid(tenant.id, kid);
      if (!key) return { outcome: 'unknown-key' };
      if (key.state === 'revoked') return { outcome: 'already-revoked' };
      const replacement = await this.replacement(tenant, key);
      const revocation = { key, replacement, reason: reason.slice(0, MAX_REASON).toWellFormed() };
      if (!(await this.lifecycle.revoke(tenant, revocation, change))) continue;
      if (key.state !== 'current') return { outcome: 'revoked' };
      const current = await this.repository.findByState(tenant.id, key.alg, 'current');
      return { outcome: 'revoked', current: current?.kid };
    }
    return { outcome: 'overtaken' };
  }

  private async next(tenant: Tenant, alg: SigningAlgorithm, change: KeyChange): Promise<SigningKeyEntity | null> {
    const next = await this.repository.findByState(tenant.id, alg, 'next');
    if (next) return next;
    await this.lifecycle.apply(tenant, { kind: 'create', alg, state: 'next' }, change);
    return this.repository.findByState(tenant.id, alg, 'next');
  }

  /** Only where no next key stands by: it is published already, and so the better one. */
  private async replacement(tenant: Tenant, key: SigningKeyEntity) {
    if (key.state !== 'current') return undefined;
    const next = await this.repository.findByState(tenant.id, key.alg, 'next');
    return next ? undefined : this.lifecycle.generate(tenant, key.alg);
  }
}

function viewOf(row: SigningKeyEntity): SigningKeyView {
  const { tenantId: _tenantId, wrappedPrivateKey: _wrapped, masterKeyId: _masterKeyId, ...view } = row;
  return view;
}

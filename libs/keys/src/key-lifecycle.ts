import { Injectable } from '@nestjs/common';
import { type AuditActor, type AuditEventName, AuditService } from '@tokenidp/audit';
import { Database, Invalidations, isUniqueViolation, type Lease, type Transaction } from '@tokenidp/database';
import { Clock, newId, type RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { SigningAlgorithm } from './algorithms';
import { generateSigningKey, type KeyPair } from './key-pair';
import { KeyWrapping } from './key-wrapping';
import { dueAt, misscheduled, rotationPolicy, type RotationStep } from './rotation-policy';
import type { SigningKeyEntity } from './signing-key.entity';
import { type KeyPatch, SigningKeysRepository } from './signing-keys.repository';

/** The caches that follow: one key set per tenant id. */
export const KEYS_TOPIC = 'keys';

/** On whose behalf a key changes; the system's when nobody is named. */
export interface KeyChange {
  actor?: AuditActor;
  request?: RequestContext;
  /** Nothing is written once it is lost. */
  lease?: Lease;
}

/** A key that is about to be stored. */
export interface NewKey {
  pair: KeyPair;
  state: 'current' | 'next';
  /** made elsewhere */
  isImported?: boolean;
}

const WIPED = { wrappedPrivateKey: null, masterKeyId: null, dueAt: null };

/** Somebody else changed the keys first; the transaction is undone. */
class OvertakenError extends Error {}

/** Every change of a key: one transaction with its audit event and the word to all caches. */
@Injectable()
export class KeyLifecycle {
  constructor(
    private readonly database: Database,
    private readonly repository: SigningKeysRepository,
    private readonly wrapping: KeyWrapping,
    private readonly invalidations: Invalidations,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** False when somebody else had done it. */
  async apply(tenant: Tenant, step: RotationStep<SigningKeyEntity>, change: KeyChange = {}): Promise<boolean> {
    if (step.kind === 'reschedule') return this.repository.change(step.key, step.key.state, { dueAt: step.dueAt });
    // The slow part, off the event loop, before the transaction.
    const key = step.kind === 'create' && { pair: await this.generate(tenant, step.alg), state: step.state };
    return this.transact(tenant, change, async (tx) => {
      if (key) await this.insert(tenant, key, change, tx);
      else if (step.kind === 'activate') await this.activate(step, change, tx);
      else if (step.kind === 'demote') await this.demote(step.key, tx);
      else if (step.kind === 'retire') await this.retire(step.key, change, tx);
    });
  }

  /**
   * Gone from the key set at once. When it signed, the next key takes over, else `replacement`.
   * False when somebody else had changed it, or when a replacement is needed and not given.
   */
  revoke(
    tenant: Tenant,
    { key, reason, replacement }: { key: SigningKeyEntity; reason: string; replacement?: KeyPair },
    change: KeyChange = {},
  ): Promise<boolean> {
    return this.transact(tenant, change, async (tx) => {
      const next = await this.repository.findByState(tenant.id, key.alg, 'next', tx);
      await this.move(key, { state: 'revoked', revokedAt: this.clock.now(), reason, ...WIPED }, tx);
      await this.record('key.revoked', key, { ...change, detail: { reason, was: key.state } }, tx);
      if (key.state !== 'current') return;
      if (next) await this.activate({ next }, change, tx);
      else if (replacement) await this.insert(tenant, { pair: replacement, state: 'current' }, change, tx);
      else throw new OvertakenError();
    });
  }

  /** Lets a published key sign at a certain instant, earlier than planned. False when somebody else had changed it. */
  schedule(tenant: Tenant, key: SigningKeyEntity, at: Date, change: KeyChange = {}): Promise<boolean> {
    return this.transact(tenant, change, async (tx) => {
      await this.move(key, { dueAt: at }, tx);
      await this.record('key.scheduled', key, { ...change, detail: { at } }, tx);
    });
  }

  /** A key made elsewhere is the next one; another that waits to sign never does. False when it was overtaken. */
  import(tenant: Tenant, pair: KeyPair, change: KeyChange = {}): Promise<boolean> {
    return this.transact(tenant, change, async (tx) => {
      const next = await this.repository.findByState(tenant.id, pair.alg, 'next', tx);
      if (next) await this.retire(next, change, tx);
      await this.insert(tenant, { pair, state: 'next', isImported: true }, change, tx);
    });
  }

  generate(tenant: Tenant, alg: SigningAlgorithm): Promise<KeyPair> {
    return generateSigningKey(alg, tenant.settings.keys.rsaBits);
  }

  /** Two statements. @throws OvertakenError when there is a key of that state, which only a new tenant rules out. */
  async insert(tenant: Tenant, { pair, state, isImported }: NewKey, change: KeyChange, tx: Transaction): Promise<void> {
    const place = { tenantId: tenant.id, id: newId(), kid: pair.kid };
    const createdAt = this.clock.now();
    const instants = { createdAt, activatedAt: state === 'current' ? createdAt : null, demotedAt: null, dueAt: null };
    const key = { ...place, alg: pair.alg, state, ...instants };
    const due = dueAt(key, [key], rotationPolicy(tenant.settings));
    const sealed = this.wrapping.wrap(place, pair.privateKey);
    const row = { ...key, ...sealed, publicJwk: pair.publicJwk, dueAt: due };
    if (!(await this.repository.insert(row, tx))) throw new OvertakenError();
    await this.record('key.created', key, { ...change, detail: { state, ...(isImported && { isImported }) } }, tx);
  }

  private async activate(
    { next, current }: { next: SigningKeyEntity; current?: SigningKeyEntity },
    change: KeyChange,
    tx: Transaction,
  ): Promise<void> {
    if (current) await this.demote(current, tx);
    await this.move(next, { state: 'current', activatedAt: this.clock.now() }, tx);
    await this.record('key.activated', next, { ...change, detail: { replaces: current?.kid } }, tx);
  }

  private demote(key: SigningKeyEntity, tx: Transaction): Promise<void> {
    return this.move(key, { state: 'previous', demotedAt: this.clock.now() }, tx);
  }

  private async retire(key: SigningKeyEntity, change: KeyChange, tx: Transaction): Promise<void> {
    await this.move(key, { state: 'retired', retiredAt: this.clock.now(), ...WIPED }, tx);
    await this.record('key.retired', key, change, tx);
  }

  /** The row must still be in the state it was read in: of two instances that move it at once, one is overtaken. */
  private async move(key: SigningKeyEntity, patch: KeyPatch, tx: Transaction): Promise<void> {
    if (!(await this.repository.change(key, key.state, patch, tx))) throw new OvertakenError();
  }

  private async transact(
    tenant: Tenant,
    change: KeyChange,
    work: (tx: Transaction) => Promise<void>,
  ): Promise<boolean> {
    try {
      await this.database.transaction(async (tx) => {
        await change.lease?.hold(tx);
        await work(tx);
        await this.reschedule(tenant, tx);
        await this.invalidations.publish(KEYS_TOPIC, tenant.id, tx);
      });
      return true;
    } catch (error) {
      if (error instanceof OvertakenError || isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** A key that came or went changes what is due for the others of its algorithm. */
  private async reschedule(tenant: Tenant, tx: Transaction): Promise<void> {
    const keys = await this.repository.usable(tenant.id, this.clock.now(), tx);
    for (const { key, dueAt: due } of misscheduled(keys, rotationPolicy(tenant.settings))) {
      await this.repository.change(key, key.state, { dueAt: due }, tx);
    }
  }

  private record(
    event: AuditEventName & `key.${string}`,
    key: { tenantId: string; id: string; kid: string; alg: SigningAlgorithm },
    { actor = { type: 'system' }, request, detail }: KeyChange & { detail?: Record<string, unknown> },
    tx: Transaction,
  ): Promise<void> {
    const target = { type: 'signing_key', id: key.id };
    const facts = { kid: key.kid, alg: key.alg, ...detail };
    return this.audit.record(key.tenantId, { event, result: 'success', actor, target, request, detail: facts }, tx);
  }
}

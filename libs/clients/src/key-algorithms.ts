/** @spec RFC 7591 §2, OIDC Registration §2 — what a client has registered is kept: no algorithm goes that somebody counts on. */
import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import { type Tenant, TenantInitializer } from '@tokenidp/tenancy';
import { ClientCache } from './client-cache';
import { ClientsError } from './clients-error';
import { type AlgorithmUse, KeyAlgorithmsRepository } from './key-algorithms.repository';
import { ResourcesService } from './resources.service';

const MOST = 20;
const POINTER = '/keys/algorithms';

@Injectable()
export class KeyAlgorithms extends TenantInitializer {
  constructor(
    private readonly repository: KeyAlgorithmsRepository,
    private readonly cache: ClientCache,
    private readonly resources: ResourcesService,
  ) {
    super();
  }

  initialize(): Promise<void> {
    return Promise.resolve();
  }

  /** @throws ClientsError (`algorithm-in-use`) naming what uses an algorithm that goes */
  override async settingsChanged({ id, settings }: Tenant, before: Tenant, tx: Transaction): Promise<void> {
    const { algorithms } = settings.keys;
    const removed = before.settings.keys.algorithms.filter((each) => !algorithms.includes(each));
    if (removed.length === 0) return;
    const uses = await this.repository.uses(id, removed, MOST, tx);
    if (uses.length > 0) throw inUse(uses);
    // One that has a key already, where there is one.
    const next = algorithms.find((each) => before.settings.keys.algorithms.includes(each)) ?? algorithms[0]!;
    await this.repository.moveBuiltIn(id, removed, next, tx);
    await this.cache.forgetAll(tx);
    await this.resources.forgetAll(tx);
  }
}

function inUse(uses: readonly AlgorithmUse[]): ClientsError {
  const fields = uses.map((use) => ({ pointer: POINTER, detail: sentence(use) }));
  const algorithms = [...new Set(uses.map(({ algorithm }) => algorithm))].sort().join(', ');
  const names = [...new Set(uses.map(({ name }) => name))].join(', ');
  return new ClientsError('algorithm-in-use', `Still in use is ${algorithms}, by ${names}.`, fields);
}

function sentence({ type, name, member, algorithm }: AlgorithmUse): string {
  const who = type === 'resource' ? 'API' : 'application';
  return `${algorithm} is the ${member} of the ${who} ${name}.`;
}

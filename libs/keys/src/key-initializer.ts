import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import { type Tenant, TenantInitializer } from '@tokenidp/tenancy';
import { KeyLifecycle } from './key-lifecycle';
import type { KeyPair } from './key-pair';

/**
 * The first keys of a new tenant: one per algorithm, which signs at once, since nobody holds an older key set.
 * Its successor is made by the rotation job, a lead time before it is needed.
 */
@Injectable()
export class KeyInitializer extends TenantInitializer<KeyPair[]> {
  constructor(private readonly lifecycle: KeyLifecycle) {
    super();
  }

  override prepare(tenant: Tenant): Promise<KeyPair[]> {
    return Promise.all(tenant.settings.keys.algorithms.map((alg) => this.lifecycle.generate(tenant, alg)));
  }

  async initialize(tenant: Tenant, tx: Transaction, pairs: KeyPair[]): Promise<void> {
    for (const pair of pairs) await this.lifecycle.insert(tenant, { pair, state: 'current' }, {}, tx);
  }
}

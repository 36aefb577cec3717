import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import type { Tenant } from './tenant';

/**
 * What another lib adds to a new tenant: first keys, built-in roles, built-in clients.
 * `prepare` runs before the transaction, for slow work (generating keys); what it returns is given to `initialize`.
 */
export abstract class TenantInitializer<Prepared = unknown> {
  prepare?(tenant: Tenant): Promise<Prepared>;
  /** Writes a constant number of rows in the transaction that creates the tenant. */
  abstract initialize(tenant: Tenant, tx: Transaction, prepared: Prepared): Promise<void>;
  /** Its settings are others from now on: throws a DomainError when something stands against them. */
  settingsChanged?(tenant: Tenant, before: Tenant, tx: Transaction): Promise<void>;
  /** The tenant got, or lost, a domain of its own: what was derived from its issuer is to be forgotten. */
  issuerChanged?(tenant: Tenant, tx: Transaction): Promise<void>;
}

/** Libs add themselves in their module's onModuleInit; the order between them does not matter. */
@Injectable()
export class TenantInitializers {
  private readonly initializers: TenantInitializer[] = [];

  add(initializer: TenantInitializer): void {
    this.initializers.push(initializer);
  }

  /** Does the slow part now; the returned function writes the rows. */
  async prepare(tenant: Tenant): Promise<(tx: Transaction) => Promise<void>> {
    const prepared = await Promise.all(this.initializers.map(async (each) => each.prepare?.(tenant)));
    const initializers = [...this.initializers];
    return async (tx) => {
      for (const [index, each] of initializers.entries()) await each.initialize(tenant, tx, prepared[index]);
    };
  }

  async settingsChanged(tenant: Tenant, before: Tenant, tx: Transaction): Promise<void> {
    for (const each of this.initializers) await each.settingsChanged?.(tenant, before, tx);
  }

  async issuerChanged(tenant: Tenant, tx: Transaction): Promise<void> {
    for (const each of this.initializers) await each.issuerChanged?.(tenant, tx);
  }
}

/** @spec RFC 9700 §2.3 — a scope that is taken away is gone: a later one of its name is not what was assigned before. */
import { Injectable } from '@nestjs/common';
import { Database, TenantRepository, type Transaction } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import { In } from 'typeorm';
import { ClientResourceEntity } from './client-resource.entity';
import type { NewResource } from './resource-input';
import { ScopeEntity } from './scope.entity';

export type NewScope = NonNullable<NewResource['scopes']>[number];

/** The scopes of a resource, whose row the caller holds. */
@Injectable()
export class ResourceScopes {
  private readonly scopes: TenantRepository<ScopeEntity>;
  private readonly assignments: TenantRepository<ClientResourceEntity>;

  constructor(database: Database) {
    this.scopes = new TenantRepository(database, ScopeEntity);
    this.assignments = new TenantRepository(database, ClientResourceEntity);
  }

  all(tenantId: string, resourceId: string, tx?: Transaction): Promise<ScopeEntity[]> {
    return this.scopes.find(tenantId, { resourceId }, { order: { name: 'ASC' } }, tx);
  }

  find(tenantId: string, resourceId: string, id: string): Promise<ScopeEntity | null> {
    return this.scopes.findOne(tenantId, { resourceId, id });
  }

  /** Those that stay keep their ids. */
  async replace(
    tenantId: string,
    before: readonly ScopeEntity[],
    { resourceId, scopes }: { resourceId: string; scopes: readonly NewScope[] },
    tx: Transaction,
  ): Promise<void> {
    const known = new Map(before.map((scope) => [scope.name, scope]));
    for (const scope of scopes) {
      const id = known.get(scope.name)?.id;
      if (id !== undefined) await this.scopes.update(tenantId, { id }, columnsOf(scope), tx);
    }
    const added = scopes.filter(({ name }) => !known.has(name));
    await this.scopes.insert(
      tenantId,
      added.map((scope) => ({ id: newId(), resourceId, ...columnsOf(scope) })),
      tx,
    );
    const kept = new Set(scopes.map(({ name }) => name));
    await this.remove(
      tenantId,
      resourceId,
      [...known.keys()].filter((name) => !kept.has(name)),
      tx,
    );
  }

  private async remove(tenantId: string, resourceId: string, names: string[], tx: Transaction): Promise<void> {
    if (names.length === 0) return;
    await this.scopes.delete(tenantId, { resourceId, name: In(names) }, tx);
    const without = (scopes: readonly string[]): string[] => scopes.filter((name) => !names.includes(name));
    for (const { id, userScopes, clientScopes } of await this.assignments.find(tenantId, { resourceId }, {}, tx)) {
      const left = { userScopes: without(userScopes), clientScopes: without(clientScopes) };
      const isTouched = left.userScopes.length + left.clientScopes.length < userScopes.length + clientScopes.length;
      if (isTouched) await this.assignments.update(tenantId, { id }, left, tx);
    }
  }
}

function columnsOf({ name, displayName, description, sensitive }: NewScope) {
  return { name, displayName: displayName ?? name, description: description ?? '', sensitive: sensitive ?? false };
}

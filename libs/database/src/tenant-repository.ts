import type { FindOptionsOrder, FindOptionsWhere, ObjectLiteral, QueryDeepPartialEntity, Repository } from 'typeorm';
import type { Database } from './database';
import { translateFailure } from './failures';
import type { Transaction } from './transaction';

/** A row of a tenant: the key of every tenant-owned table. */
export interface TenantOwned extends ObjectLiteral {
  tenantId: string;
  id: string;
}

type Where<T> = FindOptionsWhere<Omit<T, 'tenantId'>>;
type NewRow<T> = Omit<T, 'tenantId'>;

export interface FindOptions<T> {
  order?: FindOptionsOrder<T>;
  take?: number;
}

/**
 * The only way to a tenant-owned table outside the named statements: the tenant is an argument of every call and
 * part of every condition and row. Throws kernel's `UnavailableError` when the database cannot be reached.
 */
export class TenantRepository<T extends TenantOwned> {
  constructor(
    private readonly database: Database,
    private readonly entity: new () => T,
  ) {}

  findOne(tenantId: string, where: Where<T>, tx?: Transaction): Promise<T | null> {
    return this.run(tx, (rows) => rows.findOne({ where: ofTenant<T>(tenantId, where) }));
  }

  find(tenantId: string, where: Where<T>, options: FindOptions<T> = {}, tx?: Transaction): Promise<T[]> {
    return this.run(tx, (rows) => rows.find({ ...options, where: ofTenant<T>(tenantId, where) }));
  }

  /** One statement, whatever the number of rows. */
  async insert(tenantId: string, rows: NewRow<T> | readonly NewRow<T>[], tx?: Transaction): Promise<void> {
    const values = (Array.isArray(rows) ? rows : [rows]).map((row: NewRow<T>) => ({ ...row, tenantId }));
    if (values.length === 0) return;
    await this.run(tx, (repository) =>
      repository
        .createQueryBuilder()
        .insert()
        .values(values as unknown as QueryDeepPartialEntity<T>[])
        .updateEntity(false)
        .execute(),
    );
  }

  /** How many rows were changed. The key itself cannot be changed. */
  async update(
    tenantId: string,
    where: Where<T>,
    patch: Partial<Omit<T, 'tenantId' | 'id'>>,
    tx?: Transaction,
  ): Promise<number> {
    assertNarrowed(where);
    const { tenantId: _tenantId, id: _id, ...values } = patch as Partial<T>;
    const result = await this.run(tx, (rows) =>
      rows.update(ofTenant<T>(tenantId, where), values as QueryDeepPartialEntity<T>),
    );
    return result.affected ?? 0;
  }

  /** How many rows are gone. */
  async delete(tenantId: string, where: Where<T>, tx?: Transaction): Promise<number> {
    assertNarrowed(where);
    const result = await this.run(tx, (rows) => rows.delete(ofTenant<T>(tenantId, where)));
    return result.affected ?? 0;
  }

  private async run<R>(tx: Transaction | undefined, work: (rows: Repository<T>) => Promise<R>): Promise<R> {
    try {
      return await work((tx?.manager ?? this.database.dataSource.manager).getRepository(this.entity));
    } catch (error) {
      throw translateFailure(error);
    }
  }
}

/** TypeORM would read `undefined` as "any"; here it is a mistake. The tenant goes last, so that nothing overrides it. */
function ofTenant<T extends TenantOwned>(tenantId: string, where: Where<T>): FindOptionsWhere<T> {
  const all: Record<string, unknown> = { ...where, tenantId };
  const missing = Object.keys(all).filter((name) => all[name] === undefined || all[name] === null);
  if (missing.length > 0) throw new Error(`no value for ${missing.join(', ')} in a condition (use IsNull() for NULL)`);
  return all as FindOptionsWhere<T>;
}

function assertNarrowed(where: object): void {
  if (Object.keys(where).length === 0)
    throw new Error('a change of every row of a tenant needs a statement of its own');
}

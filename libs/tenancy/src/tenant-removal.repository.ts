import { Injectable } from '@nestjs/common';
import { Database, Statement, statement, type Transaction } from '@tokenidp/database';

const DUE = statement({
  name: 'tenancy.tenant.due-for-removal',
  parameters: { before: 'instant', take: 'integer' },
  sql: `SELECT "id", "slug", "kind", "name" FROM "tenant"
    WHERE "status" = 'deleting' AND "removalAt" <= :before
    ORDER BY "removalAt" OFFSET 0 ROWS FETCH NEXT (:take) ROWS ONLY`,
});

/** Asked of the database itself, so that no table can be forgotten. */
const OWNED_TABLES = statement({
  name: 'tenancy.schema.tenant-tables',
  parameters: {},
  postgres: `SELECT t.relname AS "table" FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
    WHERE t.relkind IN ('r', 'p') AND t.relnamespace = to_regnamespace(current_schema()::text)::oid
      AND a.attname = 'tenantId' AND NOT a.attisdropped AND NOT t.relispartition
    ORDER BY t.relname`,
  mssql: `SELECT t.name AS "table" FROM sys.tables t JOIN sys.columns c ON c.object_id = t.object_id
    WHERE c.name = 'tenantId' ORDER BY t.name`,
});

const REFERENCES = statement({
  name: 'tenancy.schema.references',
  parameters: {},
  postgres: `SELECT DISTINCT f.relname AS "from", t.relname AS "to"
    FROM pg_constraint c JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid
    WHERE c.contype = 'f'`,
  mssql: `SELECT DISTINCT OBJECT_NAME(parent_object_id) AS "from", OBJECT_NAME(referenced_object_id) AS "to"
    FROM sys.foreign_keys`,
});

const DELETE_TENANT = statement({
  name: 'tenancy.tenant.delete',
  parameters: { id: 'id', before: 'instant' },
  sql: `DELETE FROM "tenant" WHERE "id" = :id AND "status" = 'deleting' AND "removalAt" <= :before`,
});

export interface Reference {
  readonly from: string;
  readonly to: string;
}

export interface RemovableTenant {
  readonly id: string;
  readonly slug: string;
  readonly kind: 'standard';
  readonly name: string;
}

/** What refers comes before what it refers to, so that a batch never breaks a reference or drags a long tail along. */
export function removalOrder(tables: readonly string[], references: readonly Reference[]): string[] {
  const placed: string[] = [];
  let open = [...tables];
  while (open.length > 0) {
    const isFree = (table: string): boolean =>
      !references.some(({ from, to }) => to === table && from !== table && open.includes(from));
    const free = open.filter(isFree);
    if (free.length === 0) throw new Error(`tables refer to one another in a circle: ${open.join(', ')}`);
    placed.push(...free);
    open = open.filter((table) => !free.includes(table));
  }
  return placed;
}

@Injectable()
export class TenantRemovalRepository {
  private readonly deletions = new Map<string, Statement<typeof BATCH_PARAMETERS>>();

  constructor(private readonly database: Database) {}

  due(before: Date, take: number): Promise<RemovableTenant[]> {
    return this.database.rows<RemovableTenant>(DUE, { before, take });
  }

  /** Every table with rows of tenants, in an order in which they can be emptied. */
  async tables(): Promise<string[]> {
    const owned = await this.database.rows<{ table: string }>(OWNED_TABLES, {});
    const references = await this.database.rows<Reference>(REFERENCES, {});
    return removalOrder(
      owned.map(({ table }) => table),
      references,
    );
  }

  /** How many rows of the tenant are gone from one of these tables: at most `take`. */
  deleteRows(table: string, tenantId: string, take: number, tx: Transaction): Promise<number> {
    return this.database.execute(this.deletion(table), { tenantId, take }, tx);
  }

  /** False when the tenant was restored. */
  async deleteTenant(id: string, before: Date, tx: Transaction): Promise<boolean> {
    return (await this.database.execute(DELETE_TENANT, { id, before }, tx)) === 1;
  }

  /** The names come from the database's own catalogue. */
  private deletion(table: string): Statement<typeof BATCH_PARAMETERS> {
    const known = this.deletions.get(table);
    if (known) return known;
    const made = new Statement({
      name: `tenancy.removal.${table}`,
      parameters: BATCH_PARAMETERS,
      prepared: false,
      postgres: `DELETE FROM "${table}" WHERE "tenantId" = :tenantId AND ctid IN (
        SELECT ctid FROM "${table}" WHERE "tenantId" = :tenantId LIMIT :take)`,
      mssql: `DELETE TOP (:take) FROM "${table}" WHERE "tenantId" = :tenantId`,
    });
    this.deletions.set(table, made);
    return made;
  }
}

const BATCH_PARAMETERS = { tenantId: 'id', take: 'integer' } as const;

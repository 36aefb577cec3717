import type { Database } from '@tokenidp/database';
import { AbstractLogger, type LogLevel, type LogMessage } from 'typeorm';
import { withoutTenant } from './sql-inspection';

/** Work for all tenants at once, in the background: by instant or state, and by nothing a request can name. */
const EVERY_TENANT: readonly RegExp[] = [
  /\.purge(\.|$)/,
  /^database\.outbox\.claim$/,
  /^audit\.statistics\.pending$/,
  /^login\.session\.end-expired$/,
  /^audit\.sealing\./,
  /^oauth\.failed-request\.insert$/,
  /^webhooks\.webhook\.listening$/,
  /^keys\.signing-key\.due$/,
  /\.sealed-otherwise$/,
  /^(keys|webhooks)\.examination\./,
];

export function servesEveryTenant(statement: string): boolean {
  return EVERY_TENANT.some((pattern) => pattern.test(statement));
}

/** Hands on what TypeORM sends. */
class TypeormEar extends AbstractLogger {
  constructor(private readonly hear: (sql: string) => void) {
    super(['query']);
  }

  override logQuery(sql: string): void {
    this.hear(sql);
  }

  protected writeLog(
    _level: LogLevel,
    _message: LogMessage | string | number | (LogMessage | string | number)[],
  ): void {}
}

export async function tenantTables({ dataSource }: Database): Promise<Set<string>> {
  const rows = await dataSource.query<{ table: string }[]>(
    `SELECT table_name AS "table" FROM information_schema.columns WHERE column_name = 'tenantId'`,
  );
  return new Set(rows.map(({ table }) => table));
}

/**
 * Looks at every statement that is sent from now on, by name or by TypeORM. The returned function answers the texts
 * that touched rows of a tenant without saying whose, and how many were looked at.
 */
export async function watchTenants(database: Database): Promise<() => { seen: number; loose: string[] }> {
  const tables = await tenantTables(database);
  const loose = new Set<string>();
  let seen = 0;
  const look = (sql: string): void => {
    seen++;
    if (withoutTenant(sql, tables).length > 0) loose.add(sql);
  };
  database.observe((name, sql) => {
    if (!servesEveryTenant(name)) look(sql);
  });
  database.dataSource.logger = new TypeormEar(look);
  return () => ({ seen, loose: [...loose] });
}

import { Injectable } from '@nestjs/common';
import { Database, statement } from '@tokenidp/database';

interface Purgeable {
  readonly table: string;
  /** columns of the primary key */
  readonly key: readonly [string, string];
  /** SQL over the row `x` and `:before` */
  readonly isOver: string;
}

const byEnd = (table: string, id = 'id', end = 'expiresAt'): Purgeable => ({
  table,
  key: ['tenantId', id],
  isOver: `x."${end}" < :before`,
});

const PURGEABLE: readonly Purgeable[] = [
  byEnd('authorization_code'),
  byEnd('access_token'),
  byEnd('refresh_token', 'id', 'absoluteExpiresAt'),
  byEnd('interaction'),
  byEnd('pushed_request'),
  byEnd('device_authorization'),
  byEnd('backchannel_request'),
  byEnd('replay', 'key'),
  byEnd('revoked_token', 'jti'),
];

/** Maintenance of all tenants at once: the rows say themselves that they are over. */
const statements = PURGEABLE.map(({ table, key, isOver }) => ({
  table,
  purge: statement({
    name: `oauth.purge.${table}`,
    parameters: { before: 'instant', batch: 'integer' },
    postgres: `
      DELETE FROM "${table}" WHERE ("${key[0]}", "${key[1]}") IN (
        SELECT x."${key[0]}", x."${key[1]}" FROM "${table}" x WHERE ${isOver} LIMIT :batch FOR UPDATE SKIP LOCKED)`,
    mssql: `DELETE TOP (:batch) x FROM "${table}" x WITH (READPAST) WHERE ${isOver}`,
  }),
}));

@Injectable()
export class PurgeRepository {
  readonly tables: readonly string[] = statements.map(({ table }) => table);

  constructor(private readonly database: Database) {}

  /** Deletes at most `batch` rows of one table that were over before an instant; returns how many there were. */
  async purge(table: string, before: Date, batch: number): Promise<number> {
    const found = statements.find((each) => each.table === table);
    return found ? this.database.execute(found.purge, { before, batch }) : 0;
  }
}

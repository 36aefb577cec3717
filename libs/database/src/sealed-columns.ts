/** @spec ASVS V11.2.2 — every column that a master key protects is known, so that all of them follow it to its successor (S-186). */
import { Injectable } from '@nestjs/common';
import { Database } from './database';
import { type Statement, statement } from './statement';

/** One sealed value, and what it is bound to. */
export interface SealedRow {
  readonly tenantId: string;
  readonly id: string;
  readonly sealed: string;
  /** further members that the value is bound to */
  readonly [member: string]: string;
}

/** Where values are stored that `Envelope` has sealed. */
export interface SealedColumn {
  /** `<table>.<column>`, for people */
  readonly name: string;
  readonly find: Statement;
  readonly replace: Statement;
  /** what the envelope authenticates besides the value */
  readonly objectOf: (row: SealedRow) => readonly string[];
}

export interface SealedColumnDefinition {
  /** of the statements: `lib.noun` */
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** columns that `objectOf` needs besides the key */
  readonly members?: readonly string[];
  /** a column that repeats the master key's id */
  readonly keyIdColumn?: string;
  readonly objectOf: (row: SealedRow) => readonly string[];
}

const FIRST = '00000000-0000-0000-0000-000000000000';
const COLLATION = 'COLLATE Latin1_General_100_BIN2_UTF8';

const registry: SealedColumn[] = [];

/** Call it once, at module level. */
export function sealedColumn(definition: SealedColumnDefinition): SealedColumn {
  const { name, table, column, members = [], keyIdColumn, objectOf } = definition;
  const read = ['tenantId', 'id', ...members].map((member) => `"${member}"`).join(', ');
  const select = `${read}, "${column}" AS "sealed" FROM "${table}" WHERE "${column}" IS NOT NULL`;
  const find = statement({
    name: `${name}.sealed-otherwise`,
    parameters: { prefix: 'text', length: 'integer', id: 'id', take: 'integer' },
    postgres: `SELECT ${select} AND left("${column}", :length) <> :prefix AND "id" > :id ORDER BY "id" LIMIT :take`,
    mssql: `SELECT TOP (:take) ${select} AND LEFT("${column}", :length) ${COLLATION} <> :prefix
      AND "id" > :id ORDER BY "id"`,
  });
  // A parameter has to be used, whether or not there is a place for it.
  const isNamed = ':keyId IS NOT NULL';
  const set = keyIdColumn === undefined ? '' : `, "${keyIdColumn}" = :keyId`;
  const replace = statement({
    name: `${name}.reseal`,
    parameters: { tenantId: 'id', id: 'id', before: 'text', sealed: 'text', keyId: 'identifier' },
    sql: `UPDATE "${table}" SET "${column}" = :sealed${set}
      WHERE "tenantId" = :tenantId AND "id" = :id AND "${column}" = :before AND ${isNamed}`,
  });
  const made = {
    name: `${table}.${column}`,
    find: find as unknown as Statement,
    replace: replace as unknown as Statement,
    objectOf,
  };
  registry.push(made);
  return made;
}

/** Every column of the libs that were loaded, for whoever looks at a database without a server. */
export function registeredSealedColumns(): readonly SealedColumn[] {
  return registry;
}

/** Every sealed column of this server; whoever seals adds theirs in their module's onModuleInit. */
@Injectable()
export class SealedColumns {
  private readonly known: SealedColumn[] = [];

  constructor(private readonly database: Database) {}

  add(...columns: readonly SealedColumn[]): void {
    this.known.push(...columns);
  }

  all(): readonly SealedColumn[] {
    return this.known;
  }

  /** Of all tenants, in the order of ids, after the one given: values that do not begin with `prefix`. */
  sealedOtherwise(
    { find }: SealedColumn,
    prefix: string,
    { take, after }: { take: number; after?: SealedRow | undefined },
  ): Promise<SealedRow[]> {
    return this.database.rows<SealedRow>(find, { prefix, length: prefix.length, take, id: after?.id ?? FIRST });
  }

  /** False when the value was wiped or sealed anew meanwhile. */
  async reseal({ replace }: SealedColumn, row: SealedRow, to: { sealed: string; keyId: string }): Promise<boolean> {
    const { tenantId, id, sealed: before } = row;
    return (await this.database.execute(replace, { tenantId, id, before, ...to })) === 1;
  }
}

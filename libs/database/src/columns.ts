import { Column, type ColumnOptions, getMetadataArgsStorage, MssqlParameter } from 'typeorm';
import type { EngineName } from './engine';
import { fitsVarchar, MAX_LENGTH } from './mssql/varchar';

interface CommonOptions {
  nullable?: boolean;
}

interface KeyOptions extends CommonOptions {
  primary?: boolean;
}

interface TextOptions extends CommonOptions {
  /** characters; only where SQL Server has to index the column: it cannot index nvarchar(max) */
  length?: number;
}

type LogicalType = 'id' | 'identifier' | 'hash' | 'text' | 'instant' | 'json' | 'boolean' | 'integer' | 'bigint';

/** Binary, so that comparison is by byte as on PostgreSQL; UTF-8, so that varchar holds every character. */
export const MSSQL_BINARY_COLLATION = 'Latin1_General_100_BIN2_UTF8';

const asItIs = (value: unknown): unknown => value;

const MSSQL_JSON = {
  to: (value: unknown): unknown => (value === null || value === undefined ? value : JSON.stringify(value)),
  from: (value: unknown): unknown => (typeof value === 'string' ? (JSON.parse(value) as unknown) : value),
};

// PostgreSQL answers bigint as text, TypeORM leaves it so; the platform's counters stay below 2^53.
const BIGINT = {
  to: asItIs,
  from: (value: unknown): unknown => (typeof value === 'string' ? Number(value) : value),
};

/** TypeORM types a parameter in some clauses and not in others; typed here, it is so in all of them. */
function binary(type: 'char' | 'varchar', length: number): ColumnOptions {
  const to = (value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    if (!fitsVarchar(value, length)) return new MssqlParameter(value, 'nvarchar', MAX_LENGTH);
    return type === 'char' ? new MssqlParameter(value, 'char', length) : new MssqlParameter(value, 'varchar', length);
  };
  return { type, length, collation: MSSQL_BINARY_COLLATION, transformer: { to, from: asItIs } };
}

const MSSQL_INSTANT = {
  to: (value: unknown): unknown => (value instanceof Date ? new MssqlParameter(value, 'datetimeoffset', 3) : value),
  from: asItIs,
};

const TYPES: Readonly<Record<EngineName, Record<LogicalType, ColumnOptions>>> = {
  postgres: {
    id: { type: 'uuid' },
    identifier: { type: 'text' },
    hash: { type: 'text' },
    text: { type: 'text' },
    instant: { type: 'timestamptz' },
    json: { type: 'jsonb' },
    boolean: { type: 'boolean' },
    integer: { type: 'integer' },
    bigint: { type: 'bigint', transformer: BIGINT },
  },
  mssql: {
    id: binary('char', 36),
    identifier: binary('varchar', 255),
    hash: binary('varchar', 128),
    text: { type: 'nvarchar', length: 'max' },
    instant: { type: 'datetimeoffset', precision: 3, transformer: MSSQL_INSTANT },
    json: { type: 'nvarchar', length: 'max', transformer: MSSQL_JSON },
    boolean: { type: 'bit' },
    integer: { type: 'int' },
    bigint: { type: 'bigint', transformer: BIGINT },
  },
};

interface Declared {
  readonly logical: LogicalType;
  readonly own: ColumnOptions;
  /** characters on SQL Server, where it differs from the logical type's */
  readonly length: number | undefined;
}

const declared = new WeakMap<ColumnOptions, Declared>();

function column(logical: LogicalType, options: KeyOptions & TextOptions): PropertyDecorator {
  const { length, ...own } = options;
  const columnOptions: ColumnOptions = { ...own, ...TYPES.postgres[logical] };
  declared.set(columnOptions, { logical, own, length });
  return Column(columnOptions);
}

/** A UUIDv7. `primary` for the row's own id; without it a reference. */
export const IdColumn = (options: KeyOptions = {}): PropertyDecorator => column('id', options);

/** The tenant, first part of every primary key; `{ primary: false }` for the rare table keyed otherwise. */
export const TenantIdColumn = (options: KeyOptions = {}): PropertyDecorator =>
  column('id', { primary: true, ...options });

/** A name that is compared by byte: client_id, slug, kid, key. At most 255 bytes. */
export const IdentifierColumn = (options: KeyOptions = {}): PropertyDecorator => column('identifier', options);

/** A hash in base64url, or `keyId.hash`. At most 128 characters. */
export const HashColumn = (options: KeyOptions = {}): PropertyDecorator => column('hash', options);

/** Words for people, of any length. */
export const TextColumn = (options: TextOptions = {}): PropertyDecorator => column('text', options);

/** An instant with a zone, as Date; SQL Server keeps milliseconds. */
export const InstantColumn = (options: CommonOptions = {}): PropertyDecorator => column('instant', options);

/** Any JSON value, parsed. */
export const JsonColumn = (options: CommonOptions = {}): PropertyDecorator => column('json', options);

export const BooleanColumn = (options: CommonOptions = {}): PropertyDecorator => column('boolean', options);

/** 32 bits. */
export const IntegerColumn = (options: KeyOptions = {}): PropertyDecorator => column('integer', options);

/** 64 bits in the database, a number (below 2^53) here. */
export const BigintColumn = (options: KeyOptions = {}): PropertyDecorator => column('bigint', options);

/** Gives every declared column the engine's own type; called right before a data source builds its metadata. */
export function resolveColumns(engine: EngineName): void {
  for (const { options } of getMetadataArgsStorage().columns) {
    const declaration = declared.get(options);
    if (!declaration) continue;
    for (const key of Object.keys(options)) delete (options as Record<string, unknown>)[key];
    Object.assign(options, declaration.own, TYPES[engine][declaration.logical]);
    if (engine === 'mssql' && declaration.length !== undefined) options.length = declaration.length;
  }
}

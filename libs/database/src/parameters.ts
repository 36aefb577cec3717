/** What a statement's parameter is; the engine's own type follows from it. */
export type ParameterType =
  'id' | 'identifier' | 'hash' | 'text' | 'instant' | 'json' | 'integer' | 'bigint' | 'boolean';

interface ValueTypes {
  id: string;
  identifier: string;
  hash: string;
  text: string;
  instant: Date;
  json: unknown;
  integer: number;
  bigint: bigint | number;
  boolean: boolean;
}

export type ParameterTypes = Readonly<Record<string, ParameterType>>;

/** The values a statement is called with: every name is present, `null` and `undefined` are stored as NULL. */
export type ParameterValues<P extends ParameterTypes> = {
  readonly [K in keyof P]: ValueTypes[P[K]] | null | undefined;
};

/** The cast that makes PostgreSQL infer the same type at every use of a placeholder. */
export const POSTGRES_TYPES: Readonly<Record<ParameterType, string>> = {
  id: 'uuid',
  identifier: 'text',
  hash: 'text',
  text: 'text',
  instant: 'timestamptz',
  json: 'jsonb',
  integer: 'integer',
  bigint: 'bigint',
  boolean: 'boolean',
};

/** SQL Server's type names, for the dump; the driver's typed inputs are made of the same table in mssql-parameters. */
export const MSSQL_TYPES: Readonly<Record<ParameterType, string>> = {
  id: 'char(36)',
  identifier: 'varchar(255)',
  hash: 'varchar(128)',
  text: 'nvarchar(max)',
  instant: 'datetimeoffset(3)',
  json: 'nvarchar(max)',
  integer: 'int',
  bigint: 'bigint',
  boolean: 'bit',
};

export type Encoder = (value: unknown) => unknown;

const unchanged: Encoder = (value) => value;
const asJson: Encoder = (value) => JSON.stringify(value);

/** pg writes a Date in the local zone, digit by digit; the ISO form is unambiguous and cheaper. */
export const POSTGRES_ENCODERS: Readonly<Record<ParameterType, Encoder>> = {
  id: unchanged,
  identifier: unchanged,
  hash: unchanged,
  text: unchanged,
  instant: (value) => (value as Date).toISOString(),
  json: asJson,
  integer: unchanged,
  bigint: (value) => String(value),
  boolean: unchanged,
};

export const MSSQL_ENCODERS: Readonly<Record<ParameterType, Encoder>> = {
  ...POSTGRES_ENCODERS,
  instant: unchanged,
};

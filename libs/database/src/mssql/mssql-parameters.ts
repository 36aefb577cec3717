import type * as Mssql from 'mssql';
import type { ParameterType } from '../parameters';

/** The part of the `mssql` package that is used here; the contract tests put a recording one in its place. */
export type MssqlModule = typeof Mssql;

const LENGTHS = { id: 36, identifier: 255, hash: 128 } as const;

// The driver writes varchar in the code page of the database's collation: anything else would become "?".
const ASCII = /^[\x00-\x7f]*$/;

/**
 * The type a value is sent with. Keys go as varchar of the column's own length, since an N-typed parameter would keep
 * the index from being used. A value no such column can hold goes as nvarchar: cut off or replaced it might match.
 */
export function mssqlType(sql: MssqlModule, type: ParameterType, value: unknown): Mssql.ISqlType {
  switch (type) {
    case 'id':
    case 'identifier':
    case 'hash':
      return keyType(sql, type, value);
    case 'text':
    case 'json':
      return sql.NVarChar(sql.MAX);
    case 'instant':
      return sql.DateTimeOffset(3);
    case 'integer':
      return sql.Int();
    case 'bigint':
      return sql.BigInt();
    case 'boolean':
      return sql.Bit();
  }
}

function keyType(sql: MssqlModule, type: keyof typeof LENGTHS, value: unknown): Mssql.ISqlType {
  const length = LENGTHS[type];
  if (typeof value === 'string' && (value.length > length || !ASCII.test(value))) return sql.NVarChar(sql.MAX);
  return type === 'id' ? sql.Char(length) : sql.VarChar(length);
}

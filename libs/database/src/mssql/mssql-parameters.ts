import type * as Mssql from 'mssql';
import type { ParameterType } from '../parameters';
import { fitsVarchar } from './varchar';

/** The part of the `mssql` package that is used here; the contract tests put a recording one in its place. */
export type MssqlModule = typeof Mssql;

const LENGTHS = { id: 36, identifier: 255, hash: 128 } as const;

/**
 * The type a value is sent with. Keys go as varchar of the column's own length, since an N-typed parameter would keep
 * the index from being used.
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
  if (typeof value === 'string' && !fitsVarchar(value, length)) return sql.NVarChar(sql.MAX);
  return type === 'id' ? sql.Char(length) : sql.VarChar(length);
}

import { Entity, getMetadataArgsStorage, MssqlParameter } from 'typeorm';
import {
  BigintColumn,
  BooleanColumn,
  HashColumn,
  IdColumn,
  IdentifierColumn,
  InstantColumn,
  IntegerColumn,
  JsonColumn,
  resolveColumns,
  TenantIdColumn,
  TextColumn,
} from './columns';

@Entity('sample')
class Sample {
  @TenantIdColumn() tenantId!: string;
  @IdColumn({ primary: true }) id!: string;
  @IdentifierColumn({ nullable: true }) key!: string | null;
  @HashColumn() hash!: string;
  @TextColumn() body!: string;
  @TextColumn({ length: 80 }) title!: string;
  @InstantColumn() at!: Date;
  @JsonColumn() data!: unknown;
  @BooleanColumn() on!: boolean;
  @IntegerColumn() n!: number;
  @BigintColumn() size!: number;
}

const options = () =>
  Object.fromEntries(
    getMetadataArgsStorage()
      .columns.filter(({ target }) => target === Sample)
      .map((column) => [column.propertyName, column.options]),
  );

const shortType = ({ type, length, precision }: { type?: unknown; length?: unknown; precision?: unknown }): string =>
  `${String(type)}${length === undefined && !precision ? '' : `(${String(length ?? precision)})`}`;

describe('columns', () => {
  afterAll(() => resolveColumns('postgres'));

  it('are the types of the engine, whichever was asked last', () => {
    const types = (engine: 'postgres' | 'mssql'): string[] => {
      resolveColumns(engine);
      return Object.values(options()).map(shortType);
    };
    const postgres = 'uuid uuid text text text text timestamptz jsonb boolean integer bigint';
    const mssql =
      'char(36) char(36) varchar(255) varchar(128) nvarchar(max) nvarchar(80) datetimeoffset(3) nvarchar(max) bit int bigint';
    expect(types('postgres').join(' ')).toBe(postgres);
    expect(types('mssql').join(' ')).toBe(mssql);
    expect(types('postgres').join(' ')).toBe(postgres);
    expect(options().at!.transformer).toBeUndefined();
  });

  it('keep what was said of them', () => {
    for (const engine of ['mssql', 'postgres'] as const) {
      resolveColumns(engine);
      const { tenantId, id, key, hash } = options();
      expect([tenantId!.primary, id!.primary, key!.primary]).toEqual([true, true, undefined]);
      expect([key!.nullable, hash!.nullable]).toEqual([true, undefined]);
    }
  });

  it('send keys to SQL Server as varchar, or as nvarchar where that would change them', () => {
    resolveColumns('mssql');
    const { to } = options().key!.transformer as { to: (value: unknown) => unknown };
    expect(to('abc')).toEqual(new MssqlParameter('abc', 'varchar', 255));
    for (const odd of ['naïve', 'x'.repeat(256)]) expect(to(odd)).toMatchObject({ value: odd, type: 'nvarchar' });
    expect([to(null), to(undefined)]).toEqual([null, undefined]);
  });

  it('store JSON on SQL Server as text, and nothing as nothing', () => {
    resolveColumns('mssql');
    const { to, from } = options().data!.transformer as Record<'to' | 'from', (value: unknown) => unknown>;
    expect(to({ a: [1] })).toBe('{"a":[1]}');
    expect(from('{"a":[1]}')).toEqual({ a: [1] });
    expect([to(null), to(undefined), from(null)]).toEqual([null, undefined, null]);
  });

  it('read bigint as a number', () => {
    resolveColumns('postgres');
    const { from } = options().size!.transformer as { from: (value: unknown) => unknown };
    expect([from('1099511627776'), from(null)]).toEqual([2 ** 40, null]);
  });
});

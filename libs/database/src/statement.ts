import type { EngineName } from './engine';
import type { ParameterTypes } from './parameters';
import { type CompiledStatement, compileMssql, compilePostgres, isPlainRead } from './statement-compiler';

interface Common<P extends ParameterTypes> {
  /** unique, `lib.noun.verb`; the prepared statement's name and the dump's file name */
  readonly name: string;
  readonly parameters: P;
  /** result columns that hold JSON: SQL Server answers them as text, so that they are parsed here */
  readonly json?: readonly string[];
  /** false: planned anew each time and on connections of its own, for a list whose best plan depends on its filters */
  readonly prepared?: boolean;
}

/** One text for both engines, or one each; a text of one engine only is for what the other has no equal of. */
export type StatementDefinition<P extends ParameterTypes> = Common<P> &
  (
    | { readonly sql: string }
    | {
        /** one statement, possibly a WITH of several writes; its rows and row count are the main statement's */
        readonly postgres: string;
        /** one statement or a batch (no RETURN, no transaction words); its rows and count are the last statement's */
        readonly mssql: string;
      }
    | { readonly postgres: string }
    | { readonly mssql: string }
  );

/** An SQL text known by name, compiled once for each engine. */
export class Statement<P extends ParameterTypes = ParameterTypes> {
  readonly name: string;
  readonly parameters: P;
  readonly json: readonly string[];
  readonly isPrepared: boolean;
  readonly postgres: CompiledStatement | undefined;
  readonly mssql: CompiledStatement | undefined;
  /** changes nothing and takes no lock */
  readonly isPlainRead: boolean;

  constructor(definition: StatementDefinition<P>) {
    const { name, parameters, json = [], prepared = true } = definition;
    this.name = name;
    this.parameters = parameters;
    this.json = json;
    this.isPrepared = prepared;
    const { sql, postgres = sql, mssql = sql } = definition as { sql?: string; postgres?: string; mssql?: string };
    this.postgres = postgres === undefined ? undefined : compilePostgres(postgres, parameters);
    this.mssql = mssql === undefined ? undefined : compileMssql(mssql, parameters);
    this.isPlainRead = postgres !== undefined && isPlainRead(postgres);
  }

  /** @throws Error when there is no text for this engine */
  on(engine: EngineName): CompiledStatement {
    const compiled = this[engine];
    if (compiled === undefined) throw new Error(`statement ${this.name} has no text for ${engine}`);
    return compiled;
  }
}

const NAME = /^[a-z][a-z0-9_.-]{2,62}$/;
const registry = new Map<string, Statement>();

/**
 * Defines a statement: `:name` placeholders become `$1::type` or `@p0`. Call it once, at module level.
 * @throws Error when the name is taken or unfit, or when parameters and placeholders differ
 */
export function statement<const P extends ParameterTypes>(definition: StatementDefinition<P>): Statement<P> {
  if (!NAME.test(definition.name)) throw new Error(`"${definition.name}" is no statement name`);
  if (registry.has(definition.name)) throw new Error(`statement ${definition.name} is defined twice`);
  try {
    const compiled = new Statement(definition);
    registry.set(definition.name, compiled as unknown as Statement);
    return compiled;
  } catch (error) {
    throw new Error(`statement ${definition.name}: ${(error as Error).message}`, { cause: error });
  }
}

/** Every statement defined so far, by name; for the dump and the contract tests. */
export function registeredStatements(): Statement[] {
  return [...registry.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

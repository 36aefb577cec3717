import type { ParameterTypes } from './parameters';
import { type CompiledStatement, compileMssql, compilePostgres } from './statement-compiler';

interface Common<P extends ParameterTypes> {
  /** unique, `lib.noun.verb`; the prepared statement's name and the dump's file name */
  readonly name: string;
  readonly parameters: P;
  /** result columns that hold JSON: SQL Server answers them as text, so that they are parsed here */
  readonly json?: readonly string[];
}

export type StatementDefinition<P extends ParameterTypes> =
  | (Common<P> & { readonly sql: string })
  | (Common<P> & {
      /** one statement, possibly a WITH of several writes; its rows and row count are the main statement's */
      readonly postgres: string;
      /** one statement or a batch (no RETURN, no transaction words); its rows and row count are the last statement's */
      readonly mssql: string;
    });

/** An SQL text known by name, compiled once for both engines. */
export class Statement<P extends ParameterTypes = ParameterTypes> {
  readonly name: string;
  readonly parameters: P;
  readonly json: readonly string[];
  readonly postgres: CompiledStatement;
  readonly mssql: CompiledStatement;

  constructor(definition: StatementDefinition<P>) {
    this.name = definition.name;
    this.parameters = definition.parameters;
    this.json = definition.json ?? [];
    this.postgres = compilePostgres('sql' in definition ? definition.sql : definition.postgres, definition.parameters);
    this.mssql = compileMssql('sql' in definition ? definition.sql : definition.mssql, definition.parameters);
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

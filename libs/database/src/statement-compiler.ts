import {
  type Encoder,
  MSSQL_ENCODERS,
  type ParameterType,
  type ParameterTypes,
  POSTGRES_ENCODERS,
  POSTGRES_TYPES,
} from './parameters';

/** One engine's text of a statement, with its parameters in the order of their first use. */
export interface CompiledStatement {
  readonly text: string;
  readonly names: readonly string[];
  readonly types: readonly ParameterType[];
  readonly encoders: readonly Encoder[];
}

// Literals, quoted names and comments are stepped over, and so is `::`; what is left of `:word` is a placeholder.
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|::|:([A-Za-z][A-Za-z0-9]*)/g;

function compile(
  sql: string,
  parameters: ParameterTypes,
  write: (index: number, type: ParameterType) => string,
): { text: string; names: string[] } {
  const names: string[] = [];
  const text = sql.trim().replace(TOKEN, (token: string, name: string | undefined) => {
    if (name === undefined) return token;
    const type = parameters[name];
    if (type === undefined) throw new Error(`placeholder :${name} is not among the parameters`);
    if (!names.includes(name)) names.push(name);
    return write(names.indexOf(name), type);
  });
  return { text, names };
}

function assertAllUsed(names: readonly string[], parameters: ParameterTypes): void {
  const unused = Object.keys(parameters).filter((name) => !names.includes(name));
  if (unused.length > 0) throw new Error(`parameters not used: ${unused.join(', ')}`);
}

/** `:name` → `$1::uuid`: the cast settles the type where PostgreSQL could not infer it. */
export function compilePostgres(sql: string, parameters: ParameterTypes): CompiledStatement {
  const { text, names } = compile(sql, parameters, (index, type) => `$${index + 1}::${POSTGRES_TYPES[type]}`);
  assertAllUsed(names, parameters);
  const types = names.map((name) => parameters[name]!);
  return { text, names, types, encoders: types.map((type) => POSTGRES_ENCODERS[type]) };
}

/** `:name` → `@p0`. A batch of several statements gets a transaction of its own: on PostgreSQL it is one statement. */
export function compileMssql(sql: string, parameters: ParameterTypes): CompiledStatement {
  const { text, names } = compile(sql, parameters, (index) => `@p${index}`);
  assertAllUsed(names, parameters);
  const types = names.map((name) => parameters[name]!);
  return {
    text: isBatch(text) ? `BEGIN TRANSACTION;\n${text.replace(/;\s*$/, '')};\nCOMMIT TRANSACTION;` : text,
    names,
    types,
    encoders: types.map((type) => MSSQL_ENCODERS[type]),
  };
}

const WRITES_OR_LOCKS = /\b(insert|update|delete|merge|truncate|share|lock|call|nextval|setval|pg_\w+)\b/i;

/** True for a SELECT that changes nothing and waits for no row. Rather false than wrong. */
export function isPlainRead(text: string): boolean {
  const bare = text.replace(TOKEN, '');
  return /^\s*(select|with)\b/i.test(bare) && !WRITES_OR_LOCKS.test(bare);
}

function isBatch(text: string): boolean {
  return text.replace(TOKEN, '').replace(/;\s*$/, '').includes(';');
}

/** The driver's values of one call, in the compiled order. */
export function encodeParameters(
  compiled: CompiledStatement,
  parameters: Readonly<Record<string, unknown>>,
): unknown[] {
  const { names, encoders } = compiled;
  const values: unknown[] = new Array<unknown>(names.length);
  for (let index = 0; index < names.length; index++) {
    const value = parameters[names[index]!];
    values[index] = value === null || value === undefined ? null : encoders[index]!(value);
  }
  return values;
}

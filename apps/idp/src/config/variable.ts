/** One environment variable: what the documentation says of it and how its text becomes a value. */
export interface Variable<T> {
  readonly name: string;
  readonly description: string;
  /** shown in the documentation when the value is left out */
  readonly default?: string;
  readonly example?: string;
  readonly secret?: boolean;
  /** Throws an Error with a public message when the text is not usable. */
  readonly parse: (text: string) => T;
}

/** Fixes the type of a table of variables without losing the type of each. */
export function variables<const T extends Record<string, Variable<unknown>>>(table: T): T {
  return table;
}

/** What was set, by the table's keys; what was not is not there, so that defaults can be laid below. */
export type Values<T extends Record<string, Variable<unknown>>> = {
  readonly [K in keyof T]?: ReturnType<T[K]['parse']>;
};

/** Every problem of an environment at once, so that a deployment is mended in one go. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

/** Parses all variables of a table; an empty text counts as absent. Problems are added to the list. */
export function parseVariables<T extends Record<string, Variable<unknown>>>(
  table: T,
  environment: Readonly<Record<string, string | undefined>>,
  problems: string[],
): Values<T> {
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(table)) {
    const text = environment[variable.name]?.trim();
    if (!text) continue;
    const value = attempt(variable.name, () => variable.parse(text), problems);
    if (value !== undefined) values[key] = value;
  }
  return values as Values<T>;
}

/** The value; undefined, and a problem more, when there is none. */
export function attempt<T>(name: string, get: () => T, problems: string[]): T | undefined {
  try {
    return get();
  } catch (error) {
    problems.push(`${name}: ${error instanceof Error ? error.message : 'is not usable'}`);
    return undefined;
  }
}

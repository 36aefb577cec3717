import type { ParseArgsConfig } from 'node:util';

/** What a command ends with. */
export const EXIT = {
  done: 0,
  /** the server has refused: the message says why */
  refused: 1,
  /** the command was not understood */
  usage: 2,
  /** the server or the database could not be reached, or failed */
  unreachable: 3,
  /** something is not as it should be: drift was found, a chain is broken, a check has failed */
  different: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly description: string;
  /** what the help shows in its place */
  readonly value?: string;
}

/** What a command is given. */
export interface Invocation {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** variables of the environment */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (text: string) => void;
}

export interface Command {
  /** `clients list` */
  readonly words: readonly string[];
  readonly summary: string;
  /** what follows the words, in order: `<id>` */
  readonly positionals?: readonly string[];
  readonly options?: Readonly<Record<string, CommandOption>>;
  readonly examples: readonly string[];
  run(invocation: Invocation): Promise<ExitCode>;
}

/** Understood nothing of it: the message goes with a hint to the help. */
export class UsageError extends Error {}

/** Everywhere. */
export const COMMON_OPTIONS: Readonly<Record<string, CommandOption>> = {
  json: { type: 'boolean', description: 'JSON, for scripts' },
  help: { type: 'boolean', description: 'what the command does' },
};

export function parserOptions(options: Readonly<Record<string, CommandOption>>): ParseArgsConfig['options'] {
  return Object.fromEntries(
    Object.entries({ ...COMMON_OPTIONS, ...options }).map(([name, { type }]) => [name, { type }]),
  );
}

import { parseArgs } from 'node:util';
import { ApiError, UnreachableError } from './api-client';
import { type Command, EXIT, type ExitCode, type Invocation, parserOptions, UsageError } from './command';
import { help, overview } from './help';

type Surroundings = Pick<Invocation, 'environment' | 'print'> & { readonly complain: (text: string) => void };

/** Runs the command that the arguments name; everything that goes wrong is a message and an exit code. */
export async function runCommand(
  commands: readonly Command[],
  words: readonly string[],
  { environment, print, complain }: Surroundings,
): Promise<ExitCode> {
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help') {
    print(overview(commands));
    return EXIT.done;
  }
  const command = find(commands, words);
  if (!command) {
    complain(`there is no command \`${words.join(' ')}\`: \`tokenidp help\` lists them all`);
    return EXIT.usage;
  }
  try {
    const { values, positionals } = parse(command, words.slice(command.words.length));
    if (values.help) {
      print(help(command));
      return EXIT.done;
    }
    assertPositionals(command, positionals);
    return await command.run({ positionals, options: values, environment, print });
  } catch (error) {
    return explain(error, command, complain);
  }
}

/** The longest that fits. */
function find(commands: readonly Command[], words: readonly string[]): Command | undefined {
  return commands
    .filter((command) => command.words.every((word, at) => words[at] === word))
    .sort((one, other) => other.words.length - one.words.length)[0];
}

interface Parsed {
  readonly values: Record<string, string | boolean | undefined>;
  readonly positionals: string[];
}

function parse({ options = {} }: Command, args: readonly string[]): Parsed {
  try {
    return parseArgs({ args: [...args], options: parserOptions(options), allowPositionals: true }) as Parsed;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function assertPositionals({ positionals = [] }: Command, given: readonly string[]): void {
  const needed = positionals.filter((name) => !name.startsWith('['));
  if (given.length < needed.length) throw new UsageError(`${needed[given.length]} is missing`);
  if (given.length > positionals.length) throw new UsageError(`\`${given[positionals.length]}\` is too much`);
}

function explain(error: unknown, { words }: Command, complain: (text: string) => void): ExitCode {
  if (error instanceof UsageError) {
    complain(`${error.message}\n\`tokenidp ${words.join(' ')} --help\` says more`);
    return EXIT.usage;
  }
  complain(error instanceof Error ? error.message : String(error));
  if (error instanceof UnreachableError) return EXIT.unreachable;
  return error instanceof ApiError && error.status < 500 ? EXIT.refused : EXIT.unreachable;
}

import { type Environment, readEnvironment } from '../../config/env';
import { EnvironmentError } from '../../config/variable';
import { type Command, EXIT, type Invocation } from '../command';
import { printRows } from '../output';
import type { Check } from './check';
import { CHECKS } from './doctor-checks';

/** What a set-up lacks, each with its cause and what to do. */
export const doctorCommand: Command = {
  words: ['doctor'],
  summary: 'look for what is wrong with this set-up (on the server, with its environment)',
  examples: ['tokenidp doctor', 'tokenidp doctor --json'],
  async run(invocation) {
    const checks = await examine();
    report(invocation, checks);
    return checks.some(({ result }) => result === 'wrong') ? EXIT.different : EXIT.done;
  },
};

async function examine(): Promise<Check[]> {
  const environment = read();
  if (Array.isArray(environment)) return environment;
  const checks: Check[] = [{ name: 'environment', result: 'ok', cause: 'every variable can be read', fix: null }];
  for (const check of CHECKS) checks.push(...(await check(environment)));
  return checks;
}

/** The environment, or a check that fails for each variable that is wrong. */
function read(): Environment | Check[] {
  try {
    return readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.problems.map((cause) => ({
      name: 'environment',
      result: 'wrong',
      cause,
      fix: 'set the variable as the table in README.md says',
    }));
  }
}

function report(invocation: Invocation, checks: readonly Check[]): void {
  printRows(invocation, checks as unknown as Record<string, unknown>[], ['name', 'result', 'cause', 'fix']);
}

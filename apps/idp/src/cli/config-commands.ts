import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { randomToken } from '@tokenidp/kernel';
import { stringify } from 'yaml';
import { ApiClient, ApiError } from './api-client';
import { type Command, EXIT, type Invocation, UsageError } from './command';
import { DocumentFile } from './document-file';
import { type Plan, planText } from './plan-text';
import { withSecrets } from './secret-references';

const FORMATS = ['yaml', 'json'];

const exportCommand: Command = {
  words: ['config', 'export'],
  summary: 'write the tenant as a file: what is not the default, and no secret',
  options: {
    format: { type: 'string', value: '<yaml|json>', description: 'yaml when absent' },
    output: { type: 'string', value: '<path>', description: 'the file; standard output when absent' },
  },
  examples: ['tokenidp config export --output tenant.yaml', 'tokenidp config export --format json'],
  async run(invocation) {
    const { format = invocation.options.json ? 'json' : 'yaml', output } = invocation.options;
    if (!FORMATS.includes(String(format))) throw new UsageError('--format is yaml or json');
    const api = ApiClient.from(invocation);
    const { body } = await api.send('GET', 'config');
    const text = format === 'json' ? JSON.stringify(body, null, 2) : yamlOf(body, api.issuer);
    if (output === undefined) invocation.print(text.trimEnd());
    else write(String(output), `${text.trimEnd()}\n`);
    return EXIT.done;
  },
};

const planCommand: Command = {
  words: ['config', 'plan'],
  summary: 'show what an apply of the file would do, and change nothing',
  positionals: ['<file>'],
  examples: ['tokenidp config plan tenant.yaml', 'tokenidp config plan tenant.yaml --json'],
  async run(invocation) {
    printPlan(invocation, await new Configuration(invocation).plan());
    return EXIT.done;
  },
};

const driftCommand: Command = {
  words: ['config', 'drift'],
  summary: 'show where the tenant is not what the file says; ends with 4 when it is not',
  positionals: ['<file>'],
  examples: ['tokenidp config drift tenant.yaml'],
  async run(invocation) {
    const plan = await new Configuration(invocation).plan();
    printPlan(invocation, plan);
    return plan.steps.length === 0 ? EXIT.done : EXIT.different;
  },
};

const applyCommand: Command = {
  words: ['config', 'apply'],
  summary: 'make the tenant what the file says: all of it or nothing',
  positionals: ['<file>'],
  options: { yes: { type: 'boolean', description: 'do not ask' } },
  examples: ['tokenidp config apply tenant.yaml', 'tokenidp config apply tenant.yaml --yes'],
  async run(invocation) {
    const configuration = new Configuration(invocation);
    const plan = await configuration.plan();
    const isAsked = plan.steps.length > 0 && !invocation.options.yes;
    if (isAsked) {
      printPlan(invocation, plan);
      await assertConfirmed();
    }
    const applied = await configuration.apply(plan.digest);
    if (!isAsked) printPlan(invocation, applied);
    else invocation.print('done');
    return EXIT.done;
  },
};

/** S-172: a secret for a configuration is drawn, not thought up. */
const secretCommand: Command = {
  words: ['config', 'secret'],
  summary: 'draw a secret for an application, to be kept where the file refers to',
  examples: ['BILLING_SECRET=$(tokenidp config secret)'],
  run({ print }) {
    print(randomToken('tcs'));
    return Promise.resolve(EXIT.done);
  },
};

export const configCommands: readonly Command[] = [
  exportCommand,
  planCommand,
  applyCommand,
  driftCommand,
  secretCommand,
];

/** A file at the server: what is refused is said of its lines. */
class Configuration {
  private readonly file: DocumentFile;
  private readonly document: object;
  private readonly api: ApiClient;

  constructor(invocation: Invocation) {
    this.file = DocumentFile.read(invocation.positionals[0]!);
    this.document = withSecrets(this.file, invocation.environment);
    this.api = ApiClient.from(invocation);
  }

  plan(): Promise<Plan> {
    return this.send('config/plan');
  }

  apply(expect: string): Promise<Plan> {
    return this.send(`config/apply?expect=${encodeURIComponent(expect)}`);
  }

  private async send(path: string): Promise<Plan> {
    try {
      return (await this.api.send('POST', path, { body: this.document })).body as Plan;
    } catch (error) {
      if (!(error instanceof ApiError) || error.errors.length === 0) throw error;
      const lines = error.errors.map(({ pointer, detail }) => this.file.locate(pointer, detail));
      throw new ApiError(error.status, lines.join('\n'), error.errors);
    }
  }
}

function printPlan({ options, print }: Invocation, plan: Plan): void {
  print(options.json ? JSON.stringify(plan, null, 2) : planText(plan));
}

function yamlOf(document: unknown, issuer: string): string {
  const schema = `# yaml-language-server: $schema=${issuer}/docs/config.schema.json`;
  return `${schema}\n${stringify(document, { lineWidth: 0, version: '1.2' })}`;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${(error as Error).message}`);
  }
}

async function assertConfirmed(): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('there is nobody to ask: --yes applies it');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Apply this? Only `yes` does: ');
  terminal.close();
  if (answer.trim() !== 'yes') throw new UsageError('nothing was applied');
}

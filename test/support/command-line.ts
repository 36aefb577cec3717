import { COMMANDS } from '../../apps/idp/src/cli/commands';
import { runCommand } from '../../apps/idp/src/cli/run';
import type { Tenant } from '@tokenidp/tenancy';

/** How a command ended, and what it has said. */
export interface CommandEnding {
  readonly code: number;
  readonly output: string;
  readonly complaint: string;
}

/** `tokenidp` for one client of a tenant: every command there is, over HTTP as from a terminal. */
export class CommandLine {
  constructor(private readonly environment: Readonly<Record<string, string>>) {}

  static of(tenant: Tenant, clientId: string, secret: string): CommandLine {
    return new CommandLine({
      TOKENIDP_ISSUER: tenant.issuer,
      TOKENIDP_CLIENT_ID: clientId,
      TOKENIDP_CLIENT_SECRET: secret,
    });
  }

  with(environment: Readonly<Record<string, string>>): CommandLine {
    return new CommandLine({ ...this.environment, ...environment });
  }

  async run(...words: string[]): Promise<CommandEnding> {
    const said: string[] = [];
    const complaints: string[] = [];
    const code = await runCommand(COMMANDS, words, {
      environment: this.environment,
      print: (text) => said.push(text),
      complain: (text) => complaints.push(text),
    });
    return { code, output: said.join('\n'), complaint: complaints.join('\n') };
  }

  /** What it prints as JSON. */
  async json(...words: string[]): Promise<ReturnType<typeof JSON.parse>> {
    const { code, output, complaint } = await this.run(...words, '--json');
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${complaint}`);
    return JSON.parse(output);
  }
}

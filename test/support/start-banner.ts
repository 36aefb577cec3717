import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from './server-process';

/** What a server tells the person who has started it. */
export class StartBanner {
  constructor(readonly text: string) {}

  /** What stands behind a word. */
  told(label: string): string {
    return new RegExp(`^  ${label} +(\\S+)$`, 'm').exec(this.text)![1]!;
  }

  /** What is printed to be pasted, in its order: a token, its introspection, a sign-in, the administration in two lines. */
  get commands(): string[] {
    return [...this.text.matchAll(/^ {4}(\S.*)$/gm)].map(([, command]) => command!);
  }

  get alicesPassword(): string {
    return /as alice with the password (\S+)/.exec(this.text)![1]!;
  }

  /** The token that the first command prints, and what the second one prints of it, pasted one after the other. */
  async machineToken(): Promise<{ token: string; introspected: unknown }> {
    const [token, introspected] = await paste(...this.commands.slice(0, 2));
    return { token: token!, introspected: JSON.parse(introspected!) };
  }

  /** What the last two commands print, pasted one after the other. */
  async administration(): Promise<string[]> {
    return paste(...this.commands.slice(3));
  }

  /** What the second command prints of a token that the first one has printed some time. */
  async introspect(token: string): Promise<unknown> {
    const [introspected] = await paste(`TOKEN=${token}`, this.commands[1]!);
    return JSON.parse(introspected!);
  }
}

async function paste(...commands: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)('bash', ['-c', commands.join('\n')], { cwd: root });
  return stdout.trim().split('\n');
}

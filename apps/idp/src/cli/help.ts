import { type Command, COMMON_OPTIONS, type CommandOption } from './command';

const INTRODUCTION = `tokenidp: the administration of a TokenIDP from the terminal

  TOKENIDP_ISSUER          the tenant, e.g. http://localhost:3000/t/demo
  TOKENIDP_CLIENT_ID       a client of it that has a role at the administration API
  TOKENIDP_CLIENT_SECRET   its secret (or TOKENIDP_CLIENT_SECRET_FILE, or an access token in TOKENIDP_TOKEN)
  TOKENIDP_TOKEN_ISSUER    where an operator's client is at home, when that is another tenant`;

const EXITS = `Exit codes: 0 done, 1 refused, 2 not understood, 3 not reached, 4 not as it should be.`;

/** Every command in a line. */
export function overview(commands: readonly Command[]): string {
  const lines = commands.map(({ words, positionals = [], summary }) => ({
    left: ['tokenidp', ...words, ...positionals].join(' '),
    summary,
  }));
  const width = Math.max(...lines.map(({ left }) => left.length));
  const listed = lines.map(({ left, summary }) => `  ${left.padEnd(width)}  ${summary}`);
  return [INTRODUCTION, '', ...listed, '', '`tokenidp <command> --help` shows examples.', EXITS].join('\n');
}

/** One command, with its options and examples. */
export function help({ words, positionals = [], summary, options = {}, examples }: Command): string {
  const rows = Object.entries({ ...options, ...COMMON_OPTIONS }).map(([name, option]) => [
    left(name, option),
    option.description,
  ]);
  const width = Math.max(...rows.map(([name]) => name!.length));
  return [
    `tokenidp ${[...words, ...positionals].join(' ')}: ${summary}`,
    '',
    ...rows.map(([name, description]) => `  ${name!.padEnd(width)}  ${description}`),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
  ].join('\n');
}

function left(name: string, { type, value = '<text>' }: CommandOption): string {
  return type === 'boolean' ? `--${name}` : `--${name} ${value}`;
}

import { ApiError, UnreachableError } from './api-client';
import { type Command, EXIT, type Invocation, UsageError } from './command';
import { printObject, printRows } from './output';
import { runCommand } from './run';

const said: string[] = [];
const complaints: string[] = [];
let given: Invocation | undefined;

function command(words: string[], run: Command['run'] = async () => EXIT.done): Command {
  return {
    words,
    summary: `does ${words.join(' ')}`,
    positionals: words.includes('get') ? ['<id>'] : [],
    options: { search: { type: 'string', description: 'what to look for' } },
    examples: [`tokenidp ${words.join(' ')} --search x`],
    run: (invocation) => ((given = invocation), run(invocation)),
  };
}

const fails = (error: unknown) => async () => {
  throw error;
};

const COMMANDS = [
  command(['users', 'list']),
  command(['users', 'get']),
  command(['fails', 'usage'], fails(new UsageError('--data is needed'))),
  command(['fails', 'refused'], fails(new ApiError(403, 'The permission users.read is missing.'))),
  command(['fails', 'server'], fails(new ApiError(500, 'Something went wrong.'))),
  command(['fails', 'away'], fails(new UnreachableError('nobody is there'))),
];

function run(...words: string[]): Promise<number> {
  said.length = complaints.length = 0;
  const surroundings = { environment: {}, print: (text: string) => said.push(text) };
  return runCommand(COMMANDS, words, { ...surroundings, complain: (text) => complaints.push(text) });
}

describe('the command line', () => {
  it('lists every command when there is none', async () => {
    expect(await run()).toBe(EXIT.done);
    expect(said.join('\n')).toContain('tokenidp users get <id>');
    expect(said.join('\n')).toContain('does users list');
  });

  it('shows options and examples of one', async () => {
    expect(await run('users', 'list', '--help')).toBe(EXIT.done);
    expect(said.join('\n')).toContain('--search <text>  what to look for');
    expect(said.join('\n')).toContain('tokenidp users list --search x');
  });

  it('gives a command its options and what follows', async () => {
    expect(await run('users', 'get', '7', '--search', 'ann', '--json')).toBe(EXIT.done);
    expect([given?.positionals, { ...given?.options }]).toEqual([['7'], { search: 'ann', json: true }]);
  });

  it.each([
    ['a command that there is not', ['users', 'sing'], EXIT.usage, 'there is no command'],
    ['an option that there is not', ['users', 'list', '--loud'], EXIT.usage, '--loud'],
    ['a missing id', ['users', 'get'], EXIT.usage, '<id> is missing'],
    ['too much', ['users', 'list', 'x'], EXIT.usage, '`x` is too much'],
    ['a value of an option that has none', ['users', 'list', '--json=1'], EXIT.usage, 'json'],
    ['what a command does not understand', ['fails', 'usage'], EXIT.usage, '--data is needed'],
    ['a refusal', ['fails', 'refused'], EXIT.refused, 'The permission users.read is missing.'],
    ['a failure of the server', ['fails', 'server'], EXIT.unreachable, 'Something went wrong.'],
    ['a server that is away', ['fails', 'away'], EXIT.unreachable, 'nobody is there'],
  ])('ends with a code and a message: %s', async (_what, words, code, message) => {
    expect(await run(...words)).toBe(code);
    expect(complaints.join('\n')).toContain(message);
    expect(said).toEqual([]);
  });
});

describe('what a command prints', () => {
  const invocation = (json: boolean): Invocation => {
    said.length = 0;
    return { positionals: [], options: { json }, environment: {}, print: (text) => said.push(text) };
  };

  it('is a table as wide as it has to be', () => {
    const rows = [
      { name: 'a', note: null },
      { name: 'longer', note: 'x'.repeat(80) },
    ];
    printRows(invocation(false), rows, ['name', 'note']);
    expect(said).toEqual(['NAME    NOTE', 'a       -', `longer  ${'x'.repeat(59)}…`]);
  });

  it('is JSON for scripts, whole', () => {
    printRows(invocation(true), [{ name: 'a', other: 1 }], ['name']);
    expect(JSON.parse(said.join('\n'))).toEqual([{ name: 'a', other: 1 }]);
  });

  it('is a line a member', () => {
    printObject(invocation(false), { id: '7', note: null, list: ['a'] });
    expect(said).toEqual(['id    7', 'list  ["a"]']);
  });
});

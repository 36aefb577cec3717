import { readFileSync } from 'node:fs';
import { ApiClient } from './api-client';
import { type Command, type CommandOption, EXIT, type Invocation, UsageError } from './command';
import { printObject, printRows, type Row } from './output';

/** A noun of the administration API: where it is, what is shown of it, and what else can be done with one. */
export interface Noun {
  readonly name: string;
  readonly singular: string;
  /** below the API */
  readonly path: string;
  readonly columns: readonly string[];
  readonly can: readonly ('list' | 'get' | 'create' | 'update' | 'delete')[];
  /** filters of its list */
  readonly filters?: readonly string[];
  /** POST to `<path>/<id>/<action>` */
  readonly actions?: Readonly<Record<string, string>>;
  /** what a create may look like */
  readonly example?: string;
}

const DATA: Readonly<Record<string, CommandOption>> = {
  data: { type: 'string', value: '<json>', description: 'the members, as JSON' },
  file: { type: 'string', value: '<path>', description: 'the members, as a JSON file; - for standard input' },
};

export function nounCommands(noun: Noun): Command[] {
  const all: Record<Noun['can'][number], () => Command> = {
    list: () => list(noun),
    get: () => one(noun, 'get', { summary: `show a ${noun.singular}`, method: 'GET' }),
    create: () => create(noun),
    update: () => update(noun),
    delete: () => one(noun, 'delete', { summary: `delete a ${noun.singular}`, method: 'DELETE' }),
  };
  const actions = Object.entries(noun.actions ?? {}).map(([name, summary]) => action(noun, name, summary));
  return [...noun.can.map((verb) => all[verb]()), ...actions];
}

function list({ name, path, columns, filters = [] }: Noun): Command {
  const options = Object.fromEntries(
    ['search', 'sort', ...filters].map((each): [string, CommandOption] => [
      each,
      { type: 'string', value: '<text>', description: `as the API's \`${each}\`` },
    ]),
  );
  return {
    words: [name, 'list'],
    summary: `list ${name}`,
    options: { ...options, limit: { type: 'string', value: '<n>', description: 'how many at most; 50 when absent' } },
    examples: [`tokenidp ${name} list --search demo`, `tokenidp ${name} list --json`],
    async run(invocation) {
      const rows = await pages(invocation, path, Object.keys(options));
      printRows(invocation, rows, columns);
      return EXIT.done;
    },
  };
}

/** As many pages as it takes. */
async function pages(invocation: Invocation, path: string, filters: readonly string[]): Promise<Row[]> {
  const { options } = invocation;
  const most = options.limit === undefined ? 50 : Number(options.limit);
  if (!Number.isSafeInteger(most) || most < 1) throw new UsageError('--limit has to be a number from 1');
  const api = ApiClient.from(invocation);
  const query = new URLSearchParams();
  for (const name of filters) if (options[name] !== undefined) query.set(name, String(options[name]));
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null && rows.length < most;) {
    query.set('limit', String(Math.min(200, most - rows.length)));
    if (cursor !== '') query.set('cursor', cursor);
    const page = (await api.send('GET', `${path}?${query}`)).body as { items: Row[]; nextCursor: string | null };
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

function create({ name, singular, path, example = '{"name":"…"}' }: Noun): Command {
  return {
    words: [name, 'create'],
    summary: `create a ${singular}`,
    options: DATA,
    examples: [`tokenidp ${name} create --data '${example}'`, `tokenidp ${name} create --file ${singular}.json`],
    async run(invocation) {
      printObject(
        invocation,
        (await ApiClient.from(invocation).send('POST', path, { body: readData(invocation) })).body,
      );
      return EXIT.done;
    },
  };
}

function update({ name, singular, path }: Noun): Command {
  return {
    words: [name, 'update'],
    summary: `change a ${singular}: members that are given, null takes one away`,
    positionals: ['<id>'],
    options: DATA,
    examples: [`tokenidp ${name} update <id> --data '{"displayName":"New name"}'`],
    async run(invocation) {
      const place = `${path}/${encodeURIComponent(invocation.positionals[0]!)}`;
      printObject(invocation, (await ApiClient.from(invocation).change('PATCH', place, readData(invocation))).body);
      return EXIT.done;
    },
  };
}

function one(
  { name, path }: Noun,
  verb: string,
  { summary, method }: { summary: string; method: 'GET' | 'DELETE' },
): Command {
  return {
    words: [name, verb],
    summary,
    positionals: ['<id>'],
    examples: [`tokenidp ${name} ${verb} <id>`],
    async run(invocation) {
      const api = ApiClient.from(invocation);
      const place = `${path}/${encodeURIComponent(invocation.positionals[0]!)}`;
      const { body } = method === 'GET' ? await api.send('GET', place) : await api.change('DELETE', place);
      printObject(invocation, body);
      return EXIT.done;
    },
  };
}

function action({ name, path }: Noun, verb: string, summary: string): Command {
  return {
    words: [name, verb],
    summary,
    positionals: ['<id>'],
    options: DATA,
    examples: [`tokenidp ${name} ${verb} <id>`],
    async run(invocation) {
      const place = `${path}/${encodeURIComponent(invocation.positionals[0]!)}/${verb}`;
      const body = (invocation.options.data ?? invocation.options.file) ? readData(invocation) : undefined;
      printObject(invocation, (await ApiClient.from(invocation).send('POST', place, { body })).body);
      return EXIT.done;
    },
  };
}

function readData({ options }: Invocation): unknown {
  const { data, file } = options;
  const text = data ?? (file === undefined ? undefined : readFileSync(file === '-' ? 0 : String(file), 'utf8'));
  if (text === undefined) throw new UsageError('--data or --file is needed');
  try {
    return JSON.parse(String(text));
  } catch (error) {
    throw new UsageError(`that is no JSON: ${(error as Error).message}`);
  }
}

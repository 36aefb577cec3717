import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NOUNS } from './commands';

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
}
interface Operation {
  parameters?: { in: string; name: string }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, { content?: { 'application/json'?: { schema: Schema } } }>;
}

const document = JSON.parse(readFileSync(join(__dirname, '../../../../docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

/** A schema with its references followed, one level. */
function resolved({ $ref, allOf, anyOf, ...own }: Schema): Schema {
  const parts = [
    ...($ref ? [document.components.schemas[$ref.split('/').at(-1)!]!] : []),
    ...(allOf ?? []),
    ...(anyOf ?? []),
  ].map(resolved);
  return Object.assign({}, ...parts, own) as Schema;
}

const memberAt = (schema: Schema | undefined, path: string): Schema | undefined =>
  path.split('.').reduce<Schema | undefined>((at, name) => at && resolved(at).properties?.[name], schema);

const operation = (path: string, method: string) => document.paths[`/admin/api/v1/${path}`]![method]!;

describe.each(NOUNS.map((noun) => [noun.name, noun] as const))('the command %s', (_name, noun) => {
  const list = operation(noun.path, 'get');
  const page = list.responses['200']!.content!['application/json']!.schema;

  it.each(noun.columns)('has a column that the API answers with: %s', (column) => {
    expect(memberAt(memberAt(page, 'items')!.items, column)).toBeDefined();
  });

  it('filters by what the API filters by', () => {
    const known = list.parameters!.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    expect(known).toEqual(expect.arrayContaining([...(noun.filters ?? [])]));
  });

  it('shows an example that the API takes', () => {
    if (noun.example === undefined) return expect(noun.can).not.toContain('create');
    const { schema } = operation(noun.path, 'post').requestBody!.content['application/json'];
    for (const member of Object.keys(JSON.parse(noun.example) as object))
      expect(memberAt(schema, member)).toBeDefined();
  });
});

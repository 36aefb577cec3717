import { exampleOf, type Operation, type Parameter, resolve, type Schema } from './openapi';

/** One request that has to be refused: which member is wrong, and how. */
export interface BadInput {
  readonly what: string;
  /** JSON pointer to what is wrong; undefined where any will do */
  readonly pointer?: string;
  /** a string is sent as it is */
  readonly body?: unknown;
  readonly query?: string;
  readonly headers?: Record<string, string>;
}

const MEGABYTE = 'x'.repeat(1024 * 1024);
const NOT_MEMBERS = ['tenantId', 'isAdmin', 'passwordHash', 'createdAt', 'constructor', 'toString'];
const NOT_CURSORS = ['x', '%00', 'W10', 'bnVsbA', Buffer.from('["a","b","c"]').toString('base64url')];

/** A value of another type than any that the schema takes. */
function wrongTypes({ type, nullable }: { type: readonly string[]; nullable: boolean }): unknown[] {
  const values: [string, unknown][] = [
    ['string', 'text'],
    ['boolean', true],
    ['integer', 1],
    ['array', []],
    ['object', {}],
  ];
  const wrong = values.filter(([name]) => !type.includes(name)).map(([, value]) => value);
  return nullable ? wrong : [...wrong, null];
}

function typesOf({ type }: Schema): readonly string[] {
  const types = type === undefined ? [] : [type].flat();
  return types.includes('number') ? [...types, 'integer'] : (types as string[]);
}

/** Values that this member may not have, each with what is wrong. */
function badValues(schema: Schema): [string, unknown][] {
  const resolved = resolve(schema);
  const types = typesOf(resolved);
  if (types.length === 0) return [];
  const nullable = types.includes('null') || typesOf(schema).includes('null');
  const wrong = wrongTypes({ type: types, nullable });
  return [
    ...wrong.map((value): [string, unknown] => [`is ${JSON.stringify(value)}`, value]),
    ...(resolved.enum ? [['is no choice', 'no-such-choice'] as [string, unknown]] : []),
    ...(types.includes('string') && !resolved.enum ? badTexts(resolved) : []),
    ...(types.includes('integer') ? badNumbers(resolved) : []),
    ...tooMany(resolved),
  ];
}

function badNumbers({ minimum, maximum }: Schema): [string, unknown][] {
  return [
    ['is a fraction', 1.5],
    ['is huge', 1e300],
    ...(minimum === undefined ? [] : [['is below its minimum', minimum - 1] as [string, unknown]]),
    ...(maximum === undefined ? [] : [['is above its maximum', maximum + 1] as [string, unknown]]),
  ];
}

function tooMany({ maxItems, items }: Schema): [string, unknown][] {
  if (maxItems === undefined || items === undefined) return [];
  return [['has too many items', new Array(maxItems + 1).fill(exampleOf(items))]];
}

function badTexts({ minLength = 0, maxLength }: Schema): [string, unknown][] {
  return [
    ['holds NUL', 'a\u0000b'],
    ['holds half of a pair', 'a\ud800b'],
    ...(minLength > 0 ? [['is empty', ''] as [string, unknown]] : []),
    ...(maxLength === undefined ? [] : [['is too long', 'x'.repeat(maxLength + 1)] as [string, unknown]]),
  ];
}

function deep(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}

function badBodies(schema: Schema): BadInput[] {
  const good = exampleOf({ ...schema, example: undefined }) as Record<string, unknown>;
  const members = Object.entries(schema.properties ?? {});
  const wrong = members.flatMap(([name, member]) =>
    badValues(member).map(([what, value]) => ({
      what: `${name} ${what}`,
      pointer: `/${name}`,
      body: { ...good, [name]: value },
    })),
  );
  const missing = (schema.required ?? []).map((name) => ({
    what: `${name} is missing`,
    pointer: `/${name}`,
    body: { ...good, [name]: undefined },
  }));
  const extra = NOT_MEMBERS.filter((name) => !Object.hasOwn(schema.properties ?? {}, name)).map((name) => ({
    what: `${name} is no member`,
    pointer: `/${name}`,
    body: { ...good, [name]: 'x' },
  }));
  const whole = [[], null, 'text', 7, true].map((body) => ({
    what: `the body is ${JSON.stringify(body)}`,
    body: JSON.stringify(body),
  }));
  return [
    ...wrong,
    ...missing,
    ...extra,
    ...whole,
    { what: 'the body is no JSON', body: '{"a":' },
    { what: 'the body sets a prototype', body: '{"__proto__":{"isAdmin":true}}' },
    { what: 'the body is deep', body: { ...good, deep: deep(2000) } },
    { what: 'a text of a megabyte', body: { ...good, [members[0]?.[0] ?? 'a']: MEGABYTE } },
  ];
}

function badQueries(parameters: readonly Parameter[]): BadInput[] {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const wrong = inQuery.flatMap(({ name, schema }) =>
    badQueryValues(name, schema).map((value) => ({
      what: `?${name}=${value.slice(0, 20)}`,
      pointer: `/${name}`,
      query: `${name}=${value}`,
    })),
  );
  const twice = inQuery.map(({ name, schema }) => {
    const value = encodeURIComponent(String(exampleOf(schema)));
    return { what: `?${name} twice`, pointer: `/${name}`, query: `${name}=${value}&${name}=${value}` };
  });
  if (inQuery.length === 0) return [];
  return [...wrong, ...twice, { what: '?isAdmin=true', pointer: '/isAdmin', query: 'isAdmin=true' }];
}

function badQueryValues(name: string, schema: Schema): string[] {
  if (name === 'cursor') return NOT_CURSORS;
  const { maximum, minimum, maxLength, enum: choices, format } = resolve(schema);
  const types = typesOf(resolve(schema));
  if (choices) return ['no-such-choice', '%00'];
  if (types.includes('integer')) return ['x', '1.5', `${(maximum ?? 0) + 1}`, `${(minimum ?? 0) - 1}`, '1e99'];
  if (types.includes('boolean')) return ['yes', '1'];
  if (format === 'date-time' || format === 'uuid') return ['x', '%00', "'%20OR%201=1"];
  return ['%00', ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)])];
}

/** Everything that an operation has to refuse. */
export function badInputsOf({ body, parameters, method }: Operation): BadInput[] {
  // With a body that is good, so that it is the query that is refused.
  const good = body && { body: exampleOf({ ...body, example: undefined }) };
  const queries = badQueries(parameters).map((input) => ({ ...good, ...input }));
  const inputs = [...(body ? badBodies(body) : []), ...queries];
  const ifMatch = method === 'PATCH' ? [{ what: 'If-Match is no tag', headers: { 'if-match': '%%%' } }] : [];
  return [...inputs, ...ifMatch];
}

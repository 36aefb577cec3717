import type { OpenAPIObject } from '@nestjs/swagger';
import { settingsJsonSchema } from '@tokenidp/tenancy';

type Schema = Record<string, unknown>;

const ROOT = 'ConfigurationDto';
const COMPONENT = /^#\/components\/schemas\//;

/** Where it differs from what the API takes: in a file a secret is referred to, and an editor knows each setting. */
const IN_A_FILE: Readonly<Record<string, (properties: Schema) => Schema>> = {
  ConfigurationDto: (properties) => ({ $schema: { type: 'string', description: 'For editors.' }, ...properties }),
  ConfigSecretDto: (properties) => ({ ...properties, value: SECRET }),
  ConfigTenantDto: (properties) => ({
    ...properties,
    settings: { ...settingsSchema(), description: (properties.settings as Schema).description },
  }),
};

const SECRET = {
  description: 'Where the secret is, as `tokenidp config secret` draws one; the one that is there stays when absent.',
  oneOf: [
    reference('env', 'A variable of the environment.'),
    reference('file', 'A file, from the folder of this one.'),
  ],
};

/** The JSON Schema of a configuration file, made of what the OpenAPI document says of the document. */
export function configSchema({ components }: OpenAPIObject): object {
  const all = (components?.schemas ?? {}) as Record<string, Schema>;
  const { [ROOT]: root, ...others } = reachable(all, ROOT);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A TokenIDP tenant as a file',
    ...root,
    $defs: others,
  };
}

function reachable(all: Record<string, Schema>, name: string, found: Record<string, Schema> = {}) {
  const schema = all[name];
  if (!schema || found[name]) return found;
  const properties = (schema.properties ?? {}) as Schema;
  found[name] = rewritten({ ...schema, properties: IN_A_FILE[name]?.(properties) ?? properties }) as Schema;
  const names = JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  for (const [, below] of names) reachable(all, below!, found);
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** References stay in the file, an example is one of several (JSON Schema 2020-12 §9.5). */
function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): [string, unknown] => {
      if (name === '$ref') return [name, String(member).replace(COMPONENT, '#/$defs/')];
      return name === 'example' ? ['examples', [member]] : [name, rewritten(member)];
    }),
  );
}

function reference(member: string, description: string): Schema {
  return {
    type: 'object',
    description,
    properties: { [member]: { type: 'string', minLength: 1 } },
    required: [member],
    additionalProperties: false,
  };
}

/** Every setting but the place, which no file decides. */
function settingsSchema(): Schema {
  const { properties, ...schema } = settingsJsonSchema();
  const { issuerMode: _place, ...settings } = properties as Schema;
  return { ...schema, properties: settings };
}

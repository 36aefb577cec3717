import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of JSON Schema that the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly example?: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly operationId: string;
  /** upper case */
  readonly method: string;
  /** below `/admin/api/v1/`, with `{id}` */
  readonly path: string;
  /** null: every administrator may */
  readonly permission: string | null;
  readonly parameters: readonly Parameter[];
  /** of the body, references followed */
  readonly body: Schema | undefined;
}

interface OperationObject {
  operationId: string;
  'x-permission': string | null;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

const { paths, components } = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as {
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema> };
};

/** The schema itself where it is a reference, alone or as `allOf` of one. */
export function resolve(schema: Schema): Schema {
  const reference = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0]!.$ref : undefined);
  if (reference === undefined) return schema;
  return resolve(components.schemas[reference.slice(reference.lastIndexOf('/') + 1)]!);
}

/** Every operation of the committed document, which the gates compare with the controllers. */
export const OPERATIONS: readonly Operation[] = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => {
    const content = Object.values(operation.requestBody?.content ?? {})[0];
    return {
      operationId: operation.operationId,
      method: method.toUpperCase(),
      path: path.replace('/admin/api/v1/', ''),
      permission: operation['x-permission'],
      parameters: operation.parameters ?? [],
      body: content && resolve(content.schema),
    };
  }),
);

/** The path with every parameter filled by the same id. */
export function pathWith({ path }: Pick<Operation, 'path'>, id: string): string {
  return path.replace(/\{[^}]+\}/g, id);
}

/** A value that the schema takes, made of its examples. */
export function exampleOf(schema: Schema): unknown {
  const resolved = resolve(schema);
  const { example, enum: choices, type, items } = resolved;
  if (example !== undefined) return example;
  if (choices) return choices[0];
  const kind = String([type].flat()[0]);
  if (kind === 'array') return items && [exampleOf(items)];
  return kind === 'object' ? requiredOf(resolved) : SIMPLE[kind];
}

const SIMPLE: Readonly<Record<string, unknown>> = { boolean: true, integer: 1, number: 1, string: 'text' };

function requiredOf({ properties = {}, required = [] }: Schema): object {
  const members = Object.entries(properties).filter(([name]) => required.includes(name));
  return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member)]));
}

import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ADMIN_API_PATH, ADMIN_SECURITY } from '@tokenidp/admin-api';
import { TAGS } from './tags';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type ParameterObject = Exclude<NonNullable<OperationObject['parameters']>[number], { $ref: string }>;
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** Where the committed document says the API is; the server puts each tenant's own issuer in its place. */
export const EXAMPLE_ISSUER = 'https://id.example.org/t/acme';

const SCOPES = { openid: 'Sign in', admin: 'Use the administration with your permissions' };

const DESCRIPTION = `Everything of one tenant that can be managed, at \`<issuer>${ADMIN_API_PATH}\`.

An access token for \`<issuer>/admin/api\` with the scope \`admin\` opens it, as a bearer token or bound by DPoP or mTLS;
what its holder may do follows from their roles, and a change of those acts within a second. Each operation names the
permission it needs. Operators of the system tenant come with their own token.

- Errors are problems (RFC 9457), with a JSON pointer for each member at fault; the \`type\` leads to a page about it.
- Lists are pages: follow \`nextCursor\` with the same filters and order until it is null.
- An object has an \`ETag\`. A change names the version it has seen by \`If-Match\`: 428 without, 412 when it has moved on.
- A create may carry an \`Idempotency-Key\`: repeated under the same key it makes nothing and gives the first answer.
- Changes are merge patches (RFC 7396): what is absent stays, null takes a member away. Unknown members are refused.`;

function oauth2(issuer: string) {
  return {
    type: 'oauth2' as const,
    description: 'Authorization code with PKCE; the client of this page is built in.',
    flows: {
      authorizationCode: {
        authorizationUrl: `${issuer}/authorize`,
        tokenUrl: `${issuer}/token`,
        refreshUrl: `${issuer}/token`,
        scopes: SCOPES,
      },
    },
  };
}

/** The OpenAPI 3.1 document of the administration API, made of its controllers. */
export function createDocument(application: INestApplication): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('TokenIDP administration API')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setContact('TokenIDP', 'https://github.com/tokenidp/tokenidp', '')
    .addServer(EXAMPLE_ISSUER)
    .addSecurity(ADMIN_SECURITY, oauth2(EXAMPLE_ISSUER));
  const document = SwaggerModule.createDocument(application, builder.build(), { operationIdFactory: operationId });
  return tidy(document);
}

/** `ResourcesController.list` → `resources_list`: what a generated client calls it. */
function operationId(controller: string, method: string): string {
  const noun = controller.replace(/Controller$/, '');
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}_${method}`;
}

/** The administration's paths alone, in order, and the headings that they use with what these mean. */
function tidy(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths)
    .filter(([path]) => path.startsWith(ADMIN_API_PATH))
    .sort(([left], [right]) => (left < right ? -1 : 1));
  const operations = paths.flatMap(([, item]) => Object.values(item as Record<string, OperationObject>));
  for (const operation of operations) describe(operation);
  const { email: _email, ...contact } = document.info.contact ?? {};
  const used = new Set(operations.flatMap(({ tags = [] }) => tags));
  return {
    ...document,
    info: { ...document.info, contact },
    paths: Object.fromEntries(paths),
    components: { ...document.components, schemas: closed(document.components?.schemas ?? {}) },
    tags: [...used].sort().map((name) => ({ name, description: TAGS[name] ?? name })),
  };
}

/** What every operation has in common and no controller repeats. */
function describe({ responses, parameters = [] }: OperationObject): void {
  for (const [status, response] of Object.entries(responses)) {
    if (response && 'description' in response) response.description ||= SUCCESS[status] ?? 'Done.';
  }
  for (const parameter of parameters) {
    if ('in' in parameter && parameter.in === 'path') describePlace(parameter);
  }
}

/** A part of the path: ids are ids wherever they stand. */
function describePlace(parameter: ParameterObject): void {
  const isId = /^(id|.*Id)$/.test(parameter.name);
  parameter.description ??= isId ? 'The row id.' : `The ${parameter.name}.`;
  if (isId) parameter.schema = { type: 'string', format: 'uuid' };
}

const SUCCESS: Readonly<Record<string, string>> = {
  200: 'As asked.',
  201: 'Created.',
  202: 'Taken on.',
  204: 'Done; there is nothing to show.',
};

/** Objects have the members that are declared and no others. */
function closed(schemas: Schemas): Schemas {
  const entries = Object.entries(schemas).map(([name, schema]) => {
    const isOpen = '$ref' in schema || schema.type !== 'object' || schema.additionalProperties !== undefined;
    return [name, isOpen ? schema : { ...schema, additionalProperties: false }] as const;
  });
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The same document for one tenant. */
export function documentOf(document: OpenAPIObject, issuer: string): OpenAPIObject {
  const securitySchemes = { ...document.components?.securitySchemes, [ADMIN_SECURITY]: oauth2(issuer) };
  return { ...document, servers: [{ url: issuer }], components: { ...document.components, securitySchemes } };
}

import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import {
  ApiExtension,
  ApiHeader,
  ApiNoContentResponse,
  ApiOperation,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { PROBLEMS, type ProblemSlug } from '@tokenidp/kernel';
import type { AdminPermission } from './permissions';
import { ProblemDto } from './problem.dto';

const PERMISSION = Symbol('permission');

export interface OperationOptions {
  /** a sentence or two more */
  readonly description?: string;
  /** 200 when absent */
  readonly status?: 200 | 201 | 202 | 204;
  /** beside what every operation may answer */
  readonly errors?: readonly ProblemSlug[];
  /** a change of something that exists, which names the version it has seen */
  readonly ifMatch?: boolean;
  /** a create that may be repeated under the same key */
  readonly idempotent?: boolean;
}

const EVERYWHERE: readonly ProblemSlug[] = ['invalid-input', 'unauthenticated', 'forbidden', 'too-many-requests'];
const OF_IF_MATCH: readonly ProblemSlug[] = ['not-found', 'precondition-failed', 'precondition-required'];
const OF_IDEMPOTENT: readonly ProblemSlug[] = ['conflict', 'idempotency-mismatch'];

/** The permission that an operation needs; null for what every administrator may do, undefined where nothing was decided. */
export function permissionOf(handler: Function): AdminPermission | null | undefined {
  return Reflect.getMetadata(PERMISSION, handler) as AdminPermission | null | undefined;
}

/**
 * One operation of the administration API: the permission it needs (null: being an administrator is enough), and what
 * the OpenAPI document says of it. The guard and the document read the same declaration.
 */
export function Operation(permission: AdminPermission | null, summary: string, options: OperationOptions = {}) {
  const { description, status = 200 } = options;
  const need = permission === null ? 'Every administrator may do this.' : `Needs the permission \`${permission}\`.`;
  return applyDecorators(
    SetMetadata(PERMISSION, permission),
    HttpCode(status),
    ApiOperation({ summary, description: description === undefined ? need : `${description}\n\n${need}` }),
    ApiExtension('x-permission', permission),
    ...problemResponses(slugsOf(options)),
    ...headersOf(options),
    ...(status === 204 ? [ApiNoContentResponse()] : []),
  );
}

function slugsOf({ errors = [], ifMatch, idempotent }: OperationOptions): Set<ProblemSlug> {
  return new Set([...EVERYWHERE, ...errors, ...(ifMatch ? OF_IF_MATCH : []), ...(idempotent ? OF_IDEMPOTENT : [])]);
}

function headersOf({ ifMatch, idempotent }: OperationOptions): MethodDecorator[] {
  return [...(ifMatch ? [ApiHeader(IF_MATCH)] : []), ...(idempotent ? [ApiHeader(IDEMPOTENCY_KEY)] : [])];
}

const IF_MATCH = {
  name: 'If-Match',
  required: true,
  description: 'The `ETag` of the object as it was read.',
  schema: { type: 'string' },
  example: '"q1vO8x2n0pJ5t7Ww3Zb6c9Yd1Ef"',
} as const;

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'Any text of 1 to 255 characters. A repetition under the same key within a day gets the first answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

/** Several kinds of problem may have one status. */
function problemResponses(slugs: ReadonlySet<ProblemSlug>): MethodDecorator[] {
  const byStatus = Map.groupBy(slugs, (slug) => PROBLEMS[slug].status);
  return [...byStatus].map(([status, [...same]]) =>
    ApiResponse({
      status,
      description: same.map((slug) => PROBLEMS[slug].title).join('; '),
      content: {
        'application/problem+json': {
          schema: { $ref: getSchemaPath(ProblemDto) },
          example: exampleOf(same[0]!),
        },
      },
    }),
  );
}

function exampleOf(slug: ProblemSlug): Record<string, unknown> {
  const { title, status } = PROBLEMS[slug];
  const instance = 'urn:request:01990000-0000-7000-8000-000000000000';
  return { type: `/problems/${slug}`, title, status, detail: `${title}.`, instance };
}

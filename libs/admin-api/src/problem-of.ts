import { HttpException } from '@nestjs/common';
import { DomainError, PROBLEMS, ProblemError, type ProblemSlug, UnavailableError } from '@tokenidp/kernel';

const SLUG_OF_STATUS = new Map(
  Object.entries(PROBLEMS).map(([slug, { status }]): [number, ProblemSlug] => [status, slug as ProblemSlug]),
);

/** Of what Fastify refuses by itself, what the sender can mend. */
const DETAIL_OF_CODE: Readonly<Record<string, string>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty: leave Content-Type out, or send JSON.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is no JSON.',
};

/** What an exception may say to the outside, in the dialect of RFC 9457. */
export function problemOf(exception: unknown): ProblemError {
  if (exception instanceof ProblemError) return exception;
  if (exception instanceof DomainError) return new ProblemError(exception.slug, exception.message, exception.fields);
  if (exception instanceof UnavailableError) {
    const headers = { 'retry-after': String(exception.retryAfterSeconds) };
    return new ProblemError('unavailable', 'Try again in a moment.', [], headers);
  }
  const status = statusOf(exception) ?? 500;
  const slug = SLUG_OF_STATUS.get(status) ?? (status < 500 ? 'invalid-input' : 'internal-error');
  return new ProblemError(slug, DETAIL_OF_CODE[codeOf(exception)] ?? `${PROBLEMS[slug].title}.`);
}

/** Nest's exceptions and Fastify's own errors (too large, wrong type, malformed) know their status. */
function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  if (exception instanceof Error && 'statusCode' in exception && typeof exception.statusCode === 'number') {
    return exception.statusCode < 500 ? exception.statusCode : 500;
  }
  return undefined;
}

function codeOf(exception: unknown): string {
  return exception instanceof Error && 'code' in exception ? String(exception.code) : '';
}

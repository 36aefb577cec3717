/** The kinds of problem, each documented in docs/problems/<slug>.md, with title and status (RFC 9457 §3.1). */
export const PROBLEMS = {
  'invalid-input': { title: 'The input is not valid', status: 400 },
  unauthenticated: { title: 'Authentication is required', status: 401 },
  forbidden: { title: 'The permission is missing', status: 403 },
  'not-found': { title: 'There is nothing here', status: 404 },
  'method-not-allowed': { title: 'The method is not allowed here', status: 405 },
  'request-timeout': { title: 'The request took too long to arrive', status: 408 },
  conflict: { title: 'The state does not allow this', status: 409 },
  'precondition-failed': { title: 'The thing has changed since it was read', status: 412 },
  'too-large': { title: 'The request is too large', status: 413 },
  'uri-too-long': { title: 'The address is too long', status: 414 },
  'unsupported-media-type': { title: 'The content type is not supported', status: 415 },
  'idempotency-mismatch': { title: 'The key was used for another request', status: 422 },
  'precondition-required': { title: 'The request has to say which version it changes', status: 428 },
  'too-many-requests': { title: 'Too many requests', status: 429 },
  'header-too-large': { title: 'The header fields are too large', status: 431 },
  'internal-error': { title: 'Something went wrong on our side', status: 500 },
  unavailable: { title: 'The service is not available for the moment', status: 503 },
} as const;

export type ProblemSlug = keyof typeof PROBLEMS;

/** One member of the input and what is wrong with it; `pointer` is a JSON pointer (RFC 6901). */
export interface ProblemField {
  pointer: string;
  detail: string;
}

/** An error in the dialect of the admin API and of everything that is no protocol endpoint (RFC 9457). */
export class ProblemError extends Error {
  readonly status: number;

  constructor(
    readonly slug: ProblemSlug,
    readonly detail: string,
    readonly errors: readonly ProblemField[] = [],
    readonly headers: Record<string, string> = {},
  ) {
    super(`${slug}: ${detail}`);
    this.name = 'ProblemError';
    this.status = PROBLEMS[slug].status;
  }

  /** The `application/problem+json` body; `instance` is the request's id. */
  toBody(instance: string): Record<string, unknown> {
    return {
      type: `/problems/${this.slug}`,
      title: PROBLEMS[this.slug].title,
      status: this.status,
      detail: this.detail,
      instance: `urn:request:${instance}`,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
    };
  }
}

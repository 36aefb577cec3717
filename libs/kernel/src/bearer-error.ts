import { BEARER_ERRORS, type BearerErrorCode } from './spec/errors';

export interface BearerErrorOptions {
  /** the scope that would have been enough (RFC 6750 §3) */
  scope?: string;
  detail?: string;
  cause?: unknown;
  status?: number;
  headers?: Record<string, string>;
}

/**
 * An error in the dialect of a bearer resource (RFC 6750 §3). Without `error` the challenge is bare: the request
 * held no credentials, so nothing is said about them (RFC 6750 §3.1).
 */
export class BearerError extends Error {
  readonly status: number;
  readonly detail: string | undefined;
  readonly headers: Record<string, string> | undefined;
  private readonly scope: string | undefined;

  constructor(
    readonly error: BearerErrorCode | undefined,
    readonly description: string,
    options: BearerErrorOptions = {},
  ) {
    super(`${error ?? 'unauthenticated'}: ${description}`, { cause: options.cause });
    this.name = 'BearerError';
    this.status = options.status ?? (error === undefined ? 401 : BEARER_ERRORS[error]);
    this.scope = options.scope;
    this.detail = options.detail;
    this.headers = options.headers;
  }

  /** The value of `WWW-Authenticate`. */
  challenge(realm: string): string {
    const parts = [`realm="${realm}"`];
    if (this.error !== undefined) parts.push(`error="${this.error}"`, `error_description="${this.description}"`);
    if (this.scope !== undefined) parts.push(`scope="${this.scope}"`);
    return `Bearer ${parts.join(', ')}`;
  }
}

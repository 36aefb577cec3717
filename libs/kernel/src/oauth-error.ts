import { OAUTH_ERRORS, type OAuthErrorCode } from './spec/errors';

export interface OAuthErrorOptions {
  /** for the log only, never for the caller */
  detail?: string;
  cause?: unknown;
  /** overrides the table's status, e.g. 429 or 415 with `invalid_request` */
  status?: number;
  /** extra response headers, e.g. `Retry-After` or `Allow` */
  headers?: Record<string, string>;
}

/**
 * An error in the OAuth dialect (RFC 6749 §4.1.2.1 and §5.2). `description` is public: printable ASCII without
 * quotes and backslashes, and nothing from inside. `detail` and `cause` are for the log.
 */
export class OAuthError extends Error {
  readonly status: number;
  readonly detail: string | undefined;
  readonly headers: Record<string, string> | undefined;

  constructor(
    readonly error: OAuthErrorCode,
    readonly description: string,
    options: OAuthErrorOptions = {},
  ) {
    super(`${error}: ${description}`, { cause: options.cause });
    this.name = 'OAuthError';
    this.status = options.status ?? OAUTH_ERRORS[error];
    this.detail = options.detail;
    this.headers = options.headers;
  }

  /** RFC 6749 §5.2: the JSON body. */
  toBody(): { error: OAuthErrorCode; error_description: string } {
    return { error: this.error, error_description: this.description };
  }
}

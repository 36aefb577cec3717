import { BEARER_ERRORS, type BearerErrorCode } from './spec/errors';

/** How an access token is presented; an error is told in the same scheme (RFC 9449 §7.1). */
export type TokenScheme = 'Bearer' | 'DPoP';

export interface BearerErrorOptions {
  /** the scheme the request has used, `Bearer` when it used none */
  scheme?: TokenScheme;
  /** true where tokens are never bound to a key: nobody is told of DPoP */
  isBearerOnly?: boolean;
  /** the scope that would have been enough (RFC 6750 §3) */
  scope?: string;
  /** the sign-in that would have been enough (RFC 9470 §3) */
  authentication?: { acr_values?: string; max_age?: number };
  detail?: string;
  cause?: unknown;
  status?: number;
  headers?: Record<string, string>;
}

/**
 * An error in the dialect of a bearer resource (RFC 6750 §3, RFC 9449 §7.1). Without `error` the challenge is bare: the request
 * held no credentials, so nothing is said about them (RFC 6750 §3.1).
 */
export class BearerError extends Error {
  readonly status: number;
  readonly detail: string | undefined;
  readonly headers: Record<string, string> | undefined;
  private readonly needed: Record<string, string | number | undefined>;
  private readonly scheme: TokenScheme;
  private readonly isBearerOnly: boolean;

  constructor(
    readonly error: BearerErrorCode | undefined,
    readonly description: string,
    options: BearerErrorOptions = {},
  ) {
    super(`${error ?? 'unauthenticated'}: ${description}`, { cause: options.cause });
    this.name = 'BearerError';
    this.status = options.status ?? (error === undefined ? 401 : BEARER_ERRORS[error]);
    this.needed = { scope: options.scope, ...options.authentication };
    this.scheme = options.scheme ?? 'Bearer';
    this.isBearerOnly = options.isBearerOnly ?? false;
    this.detail = options.detail;
    this.headers = options.headers;
  }

  /** The value of `WWW-Authenticate`; with the algorithms of DPoP proofs, whoever came without one is told of DPoP. */
  challenge(realm: string, dpopAlgorithms: readonly string[] = []): string {
    const parts = [`realm="${realm}"`];
    if (this.error !== undefined) parts.push(`error="${this.error}"`, `error_description="${this.description}"`);
    for (const [name, value] of Object.entries(this.needed)) if (value !== undefined) parts.push(`${name}="${value}"`);
    const algs = `algs="${dpopAlgorithms.join(' ')}"`;
    if (this.scheme === 'DPoP') return `DPoP ${[...parts, algs].join(', ')}`;
    const bearer = `Bearer ${parts.join(', ')}`;
    return dpopAlgorithms.length > 0 && !this.isBearerOnly ? `${bearer}, DPoP ${algs}` : bearer;
  }
}

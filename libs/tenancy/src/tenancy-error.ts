export type TenancyErrorCode =
  | 'invalid-slug'
  | 'slug-taken'
  | 'invalid-name'
  | 'unknown-tenant'
  | 'system-tenant'
  | 'invalid-domain'
  | 'domain-taken'
  | 'domain-not-proven'
  | 'unknown-domain';

/** What a tenant operation refuses; the boundary maps it to its own dialect. The message is fit for the caller. */
export class TenancyError extends Error {
  constructor(
    readonly code: TenancyErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'TenancyError';
  }
}

export type RegistrationErrorCode =
  | 'closed'
  | 'no-token'
  | 'bad-token'
  | 'too-many-clients'
  | 'too-many-requests'
  | 'bad-statement'
  | 'unknown-statement'
  | 'bad-document';

/** Why a registration is refused, other than for a member of its metadata; the boundary maps it. Fit for the caller. */
export class RegistrationError extends Error {
  constructor(
    readonly code: RegistrationErrorCode,
    message: string,
    /** Of `too-many-requests`. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'RegistrationError';
  }
}

export type ClientsErrorCode =
  | 'unknown-client'
  | 'invalid-client-id'
  | 'invalid-initial-access-token'
  | 'client-id-taken'
  | 'built-in'
  | 'no-secret'
  | 'invalid-secret'
  | 'too-many-secrets'
  | 'unknown-secret'
  | 'unknown-resource'
  | 'invalid-resource'
  | 'identifier-taken'
  | 'unknown-scope'
  | 'invalid-scope'
  | 'issuer-taken'
  | 'unknown-issuer';

/** What an operation on clients and resources refuses; the boundary maps it. The message is fit for the caller. */
export class ClientsError extends Error {
  constructor(
    readonly code: ClientsErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'ClientsError';
  }
}

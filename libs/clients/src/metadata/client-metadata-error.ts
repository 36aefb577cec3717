export type ClientMetadataErrorCode = 'invalid_client_metadata' | 'invalid_redirect_uri';

/** @spec RFC 7591 §3.2.2 — what is wrong with one member of a client's metadata; the boundary puts it in its dialect. */
export class ClientMetadataError extends Error {
  constructor(
    readonly error: ClientMetadataErrorCode,
    readonly member: string,
    message: string,
  ) {
    super(message);
    this.name = 'ClientMetadataError';
  }
}

/** The usual case: a member that is no redirect URI. */
export function invalid(member: string, message: string): ClientMetadataError {
  return new ClientMetadataError('invalid_client_metadata', member, message);
}

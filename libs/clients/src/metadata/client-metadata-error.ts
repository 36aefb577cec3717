import { DomainError, type ProblemField } from '@tokenidp/kernel';

export type ClientMetadataErrorCode = 'invalid_client_metadata' | 'invalid_redirect_uri';

/** @spec RFC 7591 §3.2.2 — what is wrong with one member of a client's metadata; the boundary puts it in its dialect. */
export class ClientMetadataError extends DomainError {
  readonly slug = 'invalid-input';
  override readonly fields: readonly ProblemField[];

  constructor(
    readonly error: ClientMetadataErrorCode,
    readonly member: string,
    message: string,
  ) {
    super(message);
    this.name = 'ClientMetadataError';
    this.fields = [{ pointer: `/${member}`, detail: message }];
  }
}

/** The usual case: a member that is no redirect URI. */
export function invalid(member: string, message: string): ClientMetadataError {
  return new ClientMetadataError('invalid_client_metadata', member, message);
}

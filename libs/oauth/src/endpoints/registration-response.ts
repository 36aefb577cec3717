/** @spec RFC 7591 §3.2.1, §3.2.2, RFC 7592 §3, RFC 6750 §3 — what the registration endpoint says, and how it refuses. */
import {
  ClientMetadataError,
  ClientsError,
  type MetadataInput,
  registeredMembers,
  type Registration,
  RegistrationError,
  type RegistrationErrorCode,
} from '@tokenidp/clients';
import { BearerError, DomainError, OAuthError, type OAuthErrorCode } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { REGISTRATION_PATH } from './paths';

/** The content of a request: a JSON object, or `invalid_client_metadata`. */
export function metadataOf(body: unknown): MetadataInput {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as MetadataInput;
  throw new OAuthError('invalid_client_metadata', 'the content must be a JSON object');
}

export function registrationResponse(tenant: Tenant, registration: Registration): Record<string, unknown> {
  const { client, secret, registrationAccessToken } = registration;
  return {
    client_id: client.client_id,
    client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000),
    // S-172: once, when it is made; it does not expire by itself.
    ...(secret !== undefined && { client_secret: secret, client_secret_expires_at: 0 }),
    registration_client_uri: `${tenant.issuer}${REGISTRATION_PATH}/${encodeURIComponent(client.client_id)}`,
    registration_access_token: registrationAccessToken,
    ...registeredMembers(client),
  };
}

/** Does the work, and says in the endpoint's own words why it was refused. */
export async function inRegistrationDialect<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

const ERRORS: Readonly<
  Record<Exclude<RegistrationErrorCode, 'no-token' | 'bad-token'>, { error: OAuthErrorCode; status?: number }>
> = {
  closed: { error: 'access_denied', status: 403 },
  'too-many-clients': { error: 'access_denied', status: 403 },
  'too-many-requests': { error: 'temporarily_unavailable', status: 429 },
  'bad-statement': { error: 'invalid_software_statement' },
  'bad-document': { error: 'invalid_client_metadata' },
  'unknown-statement': { error: 'unapproved_software_statement' },
};

function translated(error: unknown): unknown {
  if (error instanceof ClientMetadataError) return new OAuthError(error.error, describable(error));
  if (error instanceof ClientsError) return new OAuthError('invalid_client_metadata', error.message);
  if (error instanceof DomainError && error.slug === 'conflict') {
    return new OAuthError('access_denied', error.message, { status: 403 });
  }
  if (!(error instanceof RegistrationError)) return error;
  const { code, message, retryAfterSeconds } = error;
  if (code === 'no-token') return new BearerError(undefined, message, { isBearerOnly: true });
  if (code === 'bad-token') return new BearerError('invalid_token', message, { isBearerOnly: true });
  const headers = retryAfterSeconds === undefined ? undefined : { 'retry-after': String(retryAfterSeconds) };
  return new OAuthError(ERRORS[code].error, message, { status: ERRORS[code].status, headers });
}

/** RFC 6749 §5.2: printable ASCII without quotes and backslashes, whatever the client had put there. */
function describable({ member, message }: ClientMetadataError): string {
  return `${member} ${message}`
    .replaceAll('"', "'")
    .replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
    .slice(0, 300);
}

import { isId, newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { randomBytes } from 'node:crypto';
import { toColumns } from './client-snapshot';
import { ClientsError } from './clients-error';
import type { ClientRow } from './clients.repository';
import { isDocumentAddress } from './metadata-documents/document-address';
import type { MetadataInput } from './metadata/members';
import { registrationPolicy, type RegistrationSource } from './metadata/registration-policy';
import { validateClientMetadata } from './metadata/validate-client-metadata';

/** Metadata with its wire names, and optionally the `client_id` (else one is drawn). */
export type NewClient = MetadataInput & { readonly client_id?: string };

const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/;
const MAX_NAME = 200;

/** @throws ClientMetadataError, ClientsError (`invalid-client-id`) */
export function newClientRow(tenant: Tenant, input: NewClient, by: RegistrationSource & { now: Date }): ClientRow {
  const { client_id = randomBytes(16).toString('hex'), ...metadata } = input;
  const { now, ...source } = by;
  const { origin } = source;
  // S-061: a `sub` is a UUID, so that no client can ever have the name of a user.
  const isFit = origin === 'metadata' ? isDocumentAddress(client_id) : CLIENT_ID.test(client_id);
  if (!isFit || isId(client_id.toLowerCase())) {
    throw new ClientsError('invalid-client-id', 'A client_id is 1 to 100 of A-Z a-z 0-9 . _ ~ - and no UUID.');
  }
  const named = { client_name: client_id.slice(0, MAX_NAME), ...metadata };
  const validated = validateClientMetadata(named, registrationPolicy(tenant, source));
  return {
    tenantId: tenant.id,
    id: newId(),
    clientId: client_id,
    status: 'active',
    origin,
    ...toColumns(validated, origin, tenant.issuer),
    createdAt: now,
    updatedAt: now,
    lastUsedAt: null,
  };
}

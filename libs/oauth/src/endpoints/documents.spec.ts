import type { AuthorizationDetailsTypes } from '@tokenidp/clients';
import type { KeysService } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import { SINGLE, tenant } from '../../test/samples';
import type { SessionPort } from '../authorize/interaction';
import type { ClientAuthMethod } from '../client-auth/client-auth-method';
import type { ClientCertificates } from '../client-auth/client-certificate';
import { GrantRegistry } from '../grants/grant-registry';
import { Documents } from './documents';
import { JWKS_PATH, OPENID_CONFIGURATION_PATH } from './paths';

const keys = {
  algorithms: () => ['ES256', 'RS256'],
  jwks: async ({ id }: Tenant) => ({ body: `{"keys":["${id}"]}`, etag: '"keys"' }),
  peekJwks: () => undefined,
} as unknown as KeysService;
const sessions = { acrValues: [SINGLE] } as unknown as SessionPort;
let types: readonly string[] | undefined = ['payment'];
const detailsTypes = { of: async () => types ?? [], peek: () => types } as unknown as AuthorizationDetailsTypes;
const certificates = { areServed: false } as ClientCertificates;
const documents = new Documents(
  [{ name: 'none' } as ClientAuthMethod],
  new GrantRegistry([]),
  keys,
  sessions,
  detailsTypes,
  certificates,
);

describe('OIDC Discovery §4, RFC 8414 §3 the metadata document', () => {
  it('is composed once per tenant', async () => {
    const first = await documents.metadata(tenant);
    expect(JSON.parse(first.body)).toMatchObject({ issuer: tenant.issuer, acr_values_supported: [SINGLE] });
    expect(await documents.metadata(tenant)).toBe(first);
    expect(documents.peek(OPENID_CONFIGURATION_PATH, tenant)).toBe(first);
  });

  it('is another one when the tenant has changed', async () => {
    const first = await documents.metadata(tenant);
    const other = await documents.metadata({ ...tenant, issuer: 'https://other.example' });
    expect(other.etag).not.toBe(first.etag);
    expect(JSON.parse(other.body)).toMatchObject({ issuer: 'https://other.example' });
  });

  it('RFC 9396 §10 names the types of authorization details, and is another one when they have changed', async () => {
    const first = await documents.metadata(tenant);
    expect(JSON.parse(first.body)).toMatchObject({ authorization_details_types_supported: ['payment'] });
    types = ['account', 'payment'];
    const second = documents.peek(OPENID_CONFIGURATION_PATH, tenant)!;
    expect(JSON.parse(second.body)).toMatchObject({ authorization_details_types_supported: types });
    types = undefined;
    expect(documents.peek(OPENID_CONFIGURATION_PATH, tenant)).toBeUndefined();
  });
});

describe('RFC 7517 §5, OIDC Core §10.1.1 the key set', () => {
  it('S-098 is the one of the tenant', async () => {
    await expect(documents.jwks(tenant)).resolves.toEqual({ etag: '"keys"', body: `{"keys":["${tenant.id}"]}` });
    expect(documents.peek(JWKS_PATH, tenant)).toBeUndefined();
  });
});

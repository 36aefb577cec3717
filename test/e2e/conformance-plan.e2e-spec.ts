import { join } from 'node:path';
import { ClientsService } from '@tokenidp/clients';
import { TenantsService } from '@tokenidp/tenancy';
import { readPlan } from '../../apps/idp/src/conformance/conformance-plan';
import { type PlannedIssuer, seedPlan } from '../../apps/idp/src/conformance/conformance-seed';
import { newClientKey } from '../support/client-key';
import { send } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';

const SAMPLE = join(__dirname, '../../docs/samples/conformance.json');
const APPROVAL = '/backchannel_authentication/test_approval';

describe('the conformance plan of the documentation', () => {
  let idp: TestIdp;
  let issuers: PlannedIssuer[];
  const seed = async () => {
    const keys = { keys: [(await newClientKey('one', 'PS256')).publicJwk] };
    const values = {
      ...{
        SUITE: 'https://suite.example/test/a/idp',
        PASSWORD: 'kq8Zr-5vTn2wLp9xYd3',
        CIBA_DOMAIN: 'ciba.example.com',
      },
      ...{ FAPI_KEYS_1: keys, FAPI_KEYS_2: keys, CIBA_KEYS_1: keys, CIBA_KEYS_2: keys },
    };
    return seedPlan(idp.application, readPlan(SAMPLE, values));
  };

  beforeAll(async () => {
    idp = await startIdp({ environment: { TENANT_ROOT_DOMAIN: 'localhost' } });
    issuers = await seed();
  });
  afterAll(() => idp?.close());

  it('makes a tenant at a path, one at a sub-domain and one at a domain of its own', () => {
    const { port } = new URL(idp.origin);
    expect(issuers.map(({ issuer }) => issuer)).toEqual([
      `${idp.origin}/t/baseline`,
      `http://fapi2.localhost:${port}`,
      'https://ciba.example.com',
    ]);
    expect(Object.keys(issuers[0]!.secrets)).toEqual(['basic', 'post']);
  });

  it('FAPI 2.0 §5.3.2.1 gives each of their clients the profile of its tenant, and the portal none', async () => {
    for (const [slug, client, profile] of [
      ['fapi2', 'fapi-1', 'fapi2-message-signing'],
      ['ciba', 'ciba-2', 'fapi-ciba'],
      ['fapi2', 'admin-web', 'baseline'],
    ] as const) {
      const tenant = (await idp.application.get(TenantsService).findBySlug(slug))!;
      const found = await idp.application.get(ClientsService).find(tenant.id, client);
      expect({ client, profile: found?.security_profile }).toEqual({ client, profile });
    }
  });

  it('lets nobody but the tenant for it answer requests without a user', async () => {
    const form = { method: 'POST', body: new URLSearchParams({ auth_req_id: 'none', action: 'allow' }) };
    expect((await send(`${idp.origin}/t/baseline${APPROVAL}`, form)).status).toBe(404);
  });

  it('leaves alone at the next start what is there', async () => {
    expect(await seed()).toEqual(issuers.map(({ issuer }) => ({ issuer, secrets: {} })));
  });
});

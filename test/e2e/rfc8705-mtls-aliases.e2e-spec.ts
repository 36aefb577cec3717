import * as openid from 'openid-client';
import { CertifiedClients, SUBJECT } from '../support/certified-clients';
import { freePort } from '../support/free-port';

describe('RFC 8705 §5 another place for clients with certificates', () => {
  let suite: CertifiedClients;
  let base: string;

  beforeAll(async () => {
    const port = String(await freePort());
    base = `https://mtls.localhost:${port}`;
    suite = await CertifiedClients.start({ PORT: port, MTLS_PUBLIC_URL: base });
  });
  afterAll(() => suite?.close());

  const shown = () => suite.tls.authority.issue({ subject: SUBJECT });
  const get = async (path: string) => (await suite.tls.fetchWith()(`${base}${path}`, { redirect: 'manual' })).status;

  it('is in the metadata, and a stock client goes there by itself', async () => {
    const config = await suite.stock(await suite.vouched(), shown(), { aliases: true });
    const aliases = config.serverMetadata().mtls_endpoint_aliases!;
    expect(aliases).toMatchObject({
      token_endpoint: `${base}/t/acme/token`,
      userinfo_endpoint: `${base}/t/acme/userinfo`,
      introspection_endpoint: `${base}/t/acme/introspect`,
      revocation_endpoint: `${base}/t/acme/revoke`,
    });
    expect(aliases).not.toHaveProperty('authorization_endpoint');
    const tokens = await openid.clientCredentialsGrant(config);
    expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({
      active: true,
      iss: suite.tenant.issuer,
    });
  });

  it('RFC 8414 §3.3 S-002 has no documents and no pages: the issuer is in one place', async () => {
    const places = [
      '/.well-known/openid-configuration',
      '/.well-known/jwks.json',
      '/authorize',
      '/logout',
      '/admin/',
      '/',
    ];
    for (const place of places) {
      expect({ place, status: await get(`/t/acme${place}`) }).toEqual({ place, status: 404 });
      expect({ place, status: await get(place) }).toEqual({ place, status: 404 });
    }
    expect([await get('/t/acme/userinfo'), await get('/t/nobody/userinfo')]).toEqual([401, 404]);
  });
});

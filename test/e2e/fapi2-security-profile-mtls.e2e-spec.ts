import type { NewClient } from '@tokenidp/clients';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { type Certificate, selfSigned, thumbprintOf } from '../support/certificate';
import { CertifiedClients, SUBJECT, SUBJECT_DN } from '../support/certified-clients';
import { callbackOf, passThrough } from '../support/code-flow';
import { createClient, createUser, REDIRECT_URI, type TestClient } from '../support/fixtures';
import { freePort } from '../support/free-port';
import { HttpBrowser } from '../support/http-browser';
import { refusalOf, type Tokens } from '../support/stock-client';
import { probeTls } from '../support/tls-probe';

/** Client authentication and sender constraint both by mTLS, where the metadata has aliases. */
describe('FAPI 2.0 Security Profile with certificates', () => {
  let suite: CertifiedClients;
  let credentials: Credentials;
  let base: string;

  beforeAll(async () => {
    const port = String(await freePort());
    base = `https://mtls.localhost:${port}`;
    suite = await CertifiedClients.start({ PORT: port, MTLS_PUBLIC_URL: base });
    ({ credentials } = await createUser(suite.tls.idp, suite.tenant));
  });
  afterAll(() => suite?.close());

  const own = selfSigned('client');
  const kinds: [string, () => { shown: Certificate; metadata: Partial<NewClient> }][] = [
    [
      'tls_client_auth',
      () => ({
        shown: suite.tls.authority.issue({ subject: SUBJECT }),
        metadata: { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: SUBJECT_DN },
      }),
    ],
    ['self_signed_tls_client_auth', () => ({ shown: own, metadata: suite.withKeysOf([own]) })],
  ];

  function createFapi(metadata: Partial<NewClient>): Promise<TestClient> {
    return createClient(suite.tls.idp, suite.tenant, {
      require_pushed_authorization_requests: true,
      tls_client_certificate_bound_access_tokens: true,
      ...metadata,
    });
  }

  const configured = (app: TestClient, shown?: Certificate) => suite.stock(app, shown, { aliases: true });

  async function push(config: openid.Configuration) {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const expectedState = openid.randomState();
    const url = await openid.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: REDIRECT_URI,
      scope: 'openid offline_access',
      prompt: 'consent',
      state: expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    return { url, checks: { pkceCodeVerifier, expectedState } };
  }

  async function callback(config: openid.Configuration) {
    const { url, checks } = await push(config);
    const page = await passThrough(new HttpBrowser(suite.tls.fetchWith()), url, credentials);
    return { url: callbackOf(page), checks };
  }

  async function signIn(config: openid.Configuration): Promise<Tokens> {
    const { url, checks } = await callback(config);
    return openid.authorizationCodeGrant(config, url, checks);
  }

  describe.each(kinds)('%s', (_name, kind) => {
    it('fapi2-security-profile-final-discovery-end-point-verification', async () => {
      const { shown, metadata } = kind();
      const told = (await configured(await createFapi(metadata), shown)).serverMetadata();
      expect(told.tls_client_certificate_bound_access_tokens).toBe(true);
      expect(told.token_endpoint_auth_methods_supported).toContain(metadata.token_endpoint_auth_method);
      expect(told.mtls_endpoint_aliases).toMatchObject({
        pushed_authorization_request_endpoint: `${base}/t/acme/par`,
        token_endpoint: `${base}/t/acme/token`,
      });
    });

    it('fapi2-security-profile-final-happy-flow', async () => {
      const { shown, metadata } = kind();
      const config = await configured(await createFapi(metadata), shown);
      const tokens = await signIn(config);
      expect(tokens.token_type).toBe('bearer');
      expect(decodeJwt(tokens.access_token)).toMatchObject({ cnf: { 'x5t#S256': thumbprintOf(shown) } });
      const subject = tokens.claims()!.sub;
      expect(await openid.fetchUserInfo(config, tokens.access_token, subject)).toMatchObject({ sub: subject });
      const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token!);
      expect(await openid.fetchUserInfo(config, refreshed.access_token, subject)).toMatchObject({ sub: subject });
    });

    it('fapi2-security-profile-final-ensure-holder-of-key-required', async () => {
      const { shown, metadata } = kind();
      const app = await createFapi(metadata);
      const given = await callback(await configured(app, shown));
      const without = await configured(app);
      const refusal = await refusalOf(openid.authorizationCodeGrant(without, given.url, given.checks));
      expect(refusal).toEqual({ status: 401, error: 'invalid_client' });
      const { access_token } = await openid.authorizationCodeGrant(
        await configured(app, shown),
        given.url,
        given.checks,
      );
      const userinfo = openid.fetchUserInfo(without, access_token, openid.skipSubjectCheck);
      expect(await refusalOf(userinfo)).toEqual({ status: 401, error: 'invalid_token' });
    });

    it('RFC 9126 §2.1 RFC 8705 §2 nothing is pushed without the certificate', async () => {
      const app = await createFapi(kind().metadata);
      const pushed = async (shown?: Certificate) => refusalOf(push(await configured(app, shown)));
      expect(await pushed()).toEqual({ status: 401, error: 'invalid_client' });
      expect(await pushed(selfSigned('client'))).toEqual({ status: 401, error: 'invalid_client' });
    });

    it('fapi2-security-profile-final-ensure-client-id-in-token-endpoint: the code of another client buys nothing', async () => {
      const { shown, metadata } = kind();
      const [first, second] = [await createFapi(metadata), await createFapi(metadata)];
      const given = await callback(await configured(first, shown));
      const other = await configured(second, shown);
      const refusal = await refusalOf(openid.authorizationCodeGrant(other, given.url, given.checks));
      expect(refusal).toEqual({ status: 400, error: 'invalid_grant' });
    });
  });

  it('fapi2-security-profile-final-ensure-holder-of-key-required: TLS at both places', async () => {
    const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
    for (const servername of ['localhost', 'mtls.localhost']) {
      expect((await probeTls(suite.tls.idp.origin, { servername }))?.version).toBe('TLSv1.3');
      expect(await probeTls(suite.tls.idp.origin, { servername, ...old })).toBeUndefined();
    }
  });
});

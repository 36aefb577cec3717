import type { NewClient } from '@tokenidp/clients';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { type Certificate, selfSigned, thumbprintOf } from '../support/certificate';
import { CertifiedClients, SUBJECT, SUBJECT_DN } from '../support/certified-clients';
import { callbackOf, passThrough } from '../support/code-flow';
import type { Credentials } from '../support/browser';
import { createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { prepareRequest, refusalOf, type Tokens } from '../support/stock-client';

const BOUND = { tls_client_certificate_bound_access_tokens: true };
const SCOPE = 'openid offline_access';

describe('RFC 8705 §3 tokens that are bound to a certificate', () => {
  let suite: CertifiedClients;
  let credentials: Credentials;

  beforeAll(async () => {
    suite = await CertifiedClients.start();
    ({ credentials } = await createUser(suite.tls.idp, suite.tenant));
  });
  afterAll(() => suite?.close());

  const { idp, tenant } = { idp: () => suite.tls.idp, tenant: () => suite.tenant };
  const issue = () => suite.tls.authority.issue({ subject: SUBJECT });
  const cnf = (certificate: Certificate) => ({ 'x5t#S256': thumbprintOf(certificate) });
  const vouched = { token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: SUBJECT_DN } as const;
  const web = (more: Partial<NewClient> = {}) => createClient(idp(), tenant(), { ...vouched, ...BOUND, ...more });
  const spa = () => createClient(idp(), tenant(), { type: 'spa', ...BOUND });

  /** The code flow, with this certificate towards the token endpoint. */
  async function signIn(app: TestClient, shown: Certificate | undefined): Promise<Tokens> {
    const config = await suite.stock(app, shown);
    const { url, checks } = await prepareRequest(config, { scope: SCOPE, prompt: 'consent' });
    const page = await passThrough(new HttpBrowser(suite.tls.fetchWith()), url, credentials);
    return openid.authorizationCodeGrant(config, callbackOf(page), checks);
  }

  async function userinfo(token: string, shown?: Certificate): Promise<[number, string | undefined]> {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await suite.tls.fetchWith(shown)(`${tenant().issuer}/userinfo`, { headers });
    return [answer.status, /error="(\w+)"/.exec(answer.headers.get('www-authenticate') ?? '')?.[1]];
  }

  const withSecret = (client: TestClient, shown?: Certificate) =>
    suite.stock(client, shown, { authentication: openid.ClientSecretBasic(client.secret) });

  const refresh = async (app: TestClient, token: string, shown?: Certificate) =>
    openid.refreshTokenGrant(await suite.stock(app, shown), token);

  describe('RFC 8705 §3.1, §3.2 the token says so', () => {
    it.each(['jwt', 'opaque'] as const)('as %s, to whoever introspects it', async (tokenFormat) => {
      const client = await suite.vouched({ tls_client_auth_subject_dn: SUBJECT_DN, ...BOUND });
      await createApi(idp(), tenant(), [client.client], { identifier: `https://${tokenFormat}.example/`, tokenFormat });
      const shown = issue();
      const config = await suite.stock(client, shown);
      const { access_token, token_type } = await openid.clientCredentialsGrant(config, { scope: 'api.read' });
      expect(token_type).toBe('bearer');
      if (tokenFormat === 'jwt') expect(decodeJwt(access_token)).toMatchObject({ cnf: cnf(shown) });
      const introspected = await openid.tokenIntrospection(config, access_token);
      expect(introspected).toMatchObject({ active: true, token_type: 'Bearer', cnf: cnf(shown) });
    });

    it('whichever way the client authenticates, and only when it is registered so', async () => {
      const shown = selfSigned('anybody');
      const tokenOf = async (metadata: Partial<NewClient>) => {
        const config = await withSecret(await createMachine(idp(), tenant(), metadata), shown);
        return decodeJwt((await openid.clientCredentialsGrant(config)).access_token);
      };
      expect(await tokenOf(BOUND)).toMatchObject({ cnf: cnf(shown) });
      expect(await tokenOf({})).not.toHaveProperty('cnf');
    });
  });

  describe('fapi2-security-profile-final-ensure-holder-of-key-required', () => {
    it('RFC 8705 §3.4 no token without a certificate, of a public client or one with a secret', async () => {
      const app = await spa();
      expect(await refusalOf(signIn(app, undefined))).toEqual({ status: 400, error: 'invalid_request' });
      const config = await withSecret(await createMachine(idp(), tenant(), BOUND));
      const refusal = await refusalOf(openid.clientCredentialsGrant(config));
      expect(refusal).toEqual({ status: 400, error: 'invalid_request' });
    });

    it('RFC 8705 §2 no token of a client that its certificate authenticates', async () => {
      expect(await refusalOf(signIn(await web(), undefined))).toEqual({ status: 401, error: 'invalid_client' });
    });
  });

  it('fapi2-security-profile-final-happy-flow RFC 8705 §3 at userinfo, with the certificate and with no other', async () => {
    const shown = issue();
    const { access_token, token_type } = await signIn(await web(), shown);
    expect(token_type).toBe('bearer');
    expect(await userinfo(access_token, shown)).toEqual([200, undefined]);
    expect(await userinfo(access_token, issue())).toEqual([401, 'invalid_token']);
    expect(await userinfo(access_token)).toEqual([401, 'invalid_token']);
    const unbound = await signIn(await web({ tls_client_certificate_bound_access_tokens: false }), shown);
    expect(await userinfo(unbound.access_token)).toEqual([200, undefined]);
  });

  it('S-117 a header that says so is no certificate', async () => {
    const shown = issue();
    const { access_token } = await signIn(await web(), shown);
    const headers = {
      authorization: `Bearer ${access_token}`,
      'client-cert': 'nonsense',
      'x-ssl-client-cert': encodeURIComponent(shown.cert),
    };
    expect((await suite.tls.fetchWith()(`${tenant().issuer}/userinfo`, { headers })).status).toBe(401);
  });

  describe('S-070 RFC 8705 §4, §7.1 refresh tokens', () => {
    it('of a public client are good with the certificate they were issued to, and no other', async () => {
      const app = await spa();
      const [own, other] = [selfSigned('app'), selfSigned('app')];
      const { refresh_token } = await signIn(app, own);
      expect(await refusalOf(refresh(app, refresh_token!, other))).toEqual({ status: 400, error: 'invalid_grant' });
      expect(await refusalOf(refresh(app, refresh_token!))).toEqual({ status: 400, error: 'invalid_request' });
      const renewed = await refresh(app, refresh_token!, own);
      expect(decodeJwt(renewed.access_token)).toMatchObject({ cnf: cnf(own) });
      expect(await userinfo(renewed.access_token, own)).toEqual([200, undefined]);
      // D2: bound, they need not be replaced.
      expect(renewed.refresh_token ?? refresh_token).toBe(refresh_token);
    });

    it('fapi2-security-profile-final-refresh-token of a client that authenticates outlive its certificate', async () => {
      const app = await web();
      const [before, after] = [issue(), issue()];
      const { refresh_token } = await signIn(app, before);
      const renewed = await refresh(app, refresh_token!, after);
      expect(decodeJwt(renewed.access_token)).toMatchObject({ cnf: cnf(after) });
      expect(await refusalOf(refresh(app, refresh_token!))).toEqual({ status: 401, error: 'invalid_client' });
    });
  });
});

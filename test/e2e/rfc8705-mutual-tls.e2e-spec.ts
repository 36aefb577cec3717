import * as openid from 'openid-client';
import { type Certificate, CertificateAuthority, selfIssued, selfSigned } from '../support/certificate';
import { CertifiedClients, jwkOf, SUBJECT } from '../support/certified-clients';
import type { TestClient } from '../support/fixtures';
import { refusalOf } from '../support/stock-client';
import { newKeyPair, USE } from '../support/x509';

const REFUSED = { status: 401, error: 'invalid_client' };

describe('RFC 8705 mutual TLS', () => {
  let suite: CertifiedClients;

  beforeAll(async () => {
    suite = await CertifiedClients.start();
  });
  afterEach(() => suite.tls.idp.clock.reset());
  afterAll(() => suite?.close());

  const refused = (client: TestClient, shown?: Certificate) => refusalOf(suite.token(client, shown));
  const issue = (content = {}) => suite.tls.authority.issue({ subject: SUBJECT, ...content });

  it('RFC 8705 §2, §3.3 is told of in the metadata', async () => {
    const metadata = (await suite.stock(await suite.vouched())).serverMetadata();
    const methods = metadata.token_endpoint_auth_methods_supported;
    expect(methods).toEqual(expect.arrayContaining(['tls_client_auth', 'self_signed_tls_client_auth']));
    expect(metadata.tls_client_certificate_bound_access_tokens).toBe(true);
    expect(metadata).not.toHaveProperty('mtls_endpoint_aliases');
  });

  describe('RFC 8705 §2.1 tls_client_auth', () => {
    it('with the subject that was registered', async () => {
      const client = await suite.vouched();
      expect((await suite.token(client, issue())).token_type).toBe('bearer');
      expect((await suite.token(client, issue({ uses: [USE.client] }))).token_type).toBe('bearer');
    });

    it.each([
      [{ tls_client_auth_san_dns: 'app.example' }, { hosts: ['app.example'] }],
      [{ tls_client_auth_san_uri: 'urn:acme:app' }, { uris: ['urn:acme:app'] }],
      [{ tls_client_auth_san_ip: '192.0.2.1' }, { addresses: [[192, 0, 2, 1]] }],
      [{ tls_client_auth_san_email: 'ops@app.example' }, { emails: ['ops@app.example'] }],
    ])('RFC 8705 §2.1.2 by %j', async (registered, names) => {
      const client = await suite.vouched(registered);
      expect((await suite.token(client, issue(names))).token_type).toBe('bearer');
      expect(await refused(client, issue())).toEqual(REFUSED);
    });

    it('not without a certificate', async () => {
      expect(await refused(await suite.vouched())).toEqual(REFUSED);
    });

    it.each<[string, () => Certificate]>([
      ['another subject', () => issue({ subject: [...SUBJECT.slice(0, 2), ['CN', 'other']] })],
      ['the subject the other way round', () => issue({ subject: [...SUBJECT].reverse() })],
      ['the subject, by itself', () => selfIssued({ subject: SUBJECT })],
      ['the subject, by another authority', () => new CertificateAuthority('B').issue({ subject: SUBJECT })],
      [
        'the subject, by one of the same name',
        () => new CertificateAuthority('Authority of clients').issue({ subject: SUBJECT }),
      ],
      ['a certificate for servers', () => issue({ uses: [USE.server] })],
      ['a certificate of the past', () => issue({ validTo: new Date(Date.now() - 60_000) })],
      ['a certificate of the future', () => issue({ validFrom: new Date(Date.now() + 60_000) })],
    ])('RFC 8705 §7.2 not with %s', async (_what, made) => {
      expect(await refused(await suite.vouched(), made())).toEqual(REFUSED);
    });

    it('RFC 5280 §6.1.3 not on a connection that outlives the certificate', async () => {
      const client = await suite.vouched();
      const config = await suite.stock(client, issue({ validTo: new Date(Date.now() + 30_000) }));
      expect((await openid.clientCredentialsGrant(config)).token_type).toBe('bearer');
      suite.tls.idp.clock.forward(31);
      expect(await refusalOf(openid.clientCredentialsGrant(config))).toEqual(REFUSED);
    });
  });

  describe('RFC 8705 §2.2 self_signed_tls_client_auth', () => {
    const [own, next, other] = [selfSigned('app'), selfSigned('app'), selfSigned('app')];

    it('with a certificate that was registered', async () => {
      const client = await suite.selfSigned([own, next]);
      expect((await suite.token(client, own)).token_type).toBe('bearer');
      expect((await suite.token(client, next)).token_type).toBe('bearer');
      expect(await refused(client, other)).toEqual(REFUSED);
      expect(await refused(client)).toEqual(REFUSED);
    });

    it('RFC 8705 §2.2.2 of a registered key, where no certificate was registered', async () => {
      const pair = newKeyPair();
      const { x5c, ...jwk } = jwkOf(selfIssued({ subject: SUBJECT }, pair));
      const bare = await suite.selfSigned([], { jwks: { keys: [jwk] } });
      expect((await suite.token(bare, selfIssued({ subject: [['CN', 'new']] }, pair))).token_type).toBe('bearer');
      expect(await refused(bare, own)).toEqual(REFUSED);
      const fixed = await suite.selfSigned([], { jwks: { keys: [{ ...jwk, x5c }] } });
      expect(await refused(fixed, selfIssued({ subject: [['CN', 'new']] }, pair))).toEqual(REFUSED);
    });

    it('not when its time is over, although nobody set it but the client', async () => {
      const late = selfIssued({ subject: SUBJECT, validTo: new Date(Date.now() - 60_000) });
      expect(await refused(await suite.selfSigned([late]), late)).toEqual(REFUSED);
    });

    it('with RSA too', async () => {
      const rsa = selfIssued({ subject: SUBJECT }, newKeyPair('rsa'));
      expect((await suite.token(await suite.selfSigned([rsa]), rsa)).token_type).toBe('bearer');
    });
  });

  describe('S-051 one method, the registered one', () => {
    it('a certificate of one kind does not do for the other', async () => {
      const own = selfIssued({ subject: SUBJECT });
      const vouchedFor = issue();
      expect(await refused(await suite.vouched(), own)).toEqual(REFUSED);
      expect(await refused(await suite.selfSigned([own]), vouchedFor)).toEqual(REFUSED);
    });

    it('fapi2-security-profile-final-ensure-client-id-in-token-endpoint: without client_id nobody is proved', async () => {
      const client = await suite.vouched();
      const send = async (form: Record<string, string>) => {
        const body = new URLSearchParams({ grant_type: 'client_credentials', ...form });
        const answer = await suite.tls.fetchWith(issue())(`${suite.tenant.issuer}/token`, { method: 'POST', body });
        return [answer.status, ((await answer.json()) as { error?: string }).error];
      };
      expect(await send({})).toEqual([401, 'invalid_client']);
      expect(await send({ client_id: client.client.client_id })).toEqual([200, undefined]);
      expect(await send({ client_id: client.client.client_id, client_secret: 'x' })).toEqual([401, 'invalid_client']);
    });
  });
});

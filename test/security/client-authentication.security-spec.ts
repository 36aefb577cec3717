import { ClientsService } from '@tokenidp/clients';
import { JWT_BEARER_ASSERTION_TYPE } from '@tokenidp/kernel';
import { createPublicKey } from 'node:crypto';
import { AssertingClients } from '../support/asserting-clients';
import { newClientKey } from '../support/client-key';
import { createMachine, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { speak } from '../support/wire';

const PROXIED = { TRUSTED_PROXIES: '127.0.0.1' };
const GRANT = { grant_type: 'client_credentials' };
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const refusalOf = ({ status, json }: Answer) => ({ status, error: json?.error });

describe('client authentication', () => {
  let suite: AssertingClients;
  let idp: TestIdp;
  let machine: TestClient;
  let keyed: TestClient;

  beforeAll(async () => {
    suite = await AssertingClients.start(PROXIED);
    idp = suite.idp;
    machine = await createMachine(idp, suite.tenant);
    keyed = await suite.signing();
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => suite?.close());

  const url = () => `${suite.tenant.issuer}/token`;
  const token = (form: Record<string, string> | [string, string][], headers?: Record<string, string>) =>
    postForm(url(), form, headers);
  const credential = () => basic(machine.client.client_id, machine.secret);

  describe('S-050 the token endpoint takes a form by POST', () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const json = { 'content-type': 'application/json' };

    it('S-050 this one', async () => {
      const answer = await send(url(), {
        headers: { ...form, ...credential() },
        body: 'grant_type=client_credentials',
      });
      expect(answer.status).toBe(200);
    });

    it.each([
      ['GET', 405, { method: 'GET', headers: {} }],
      ['PUT', 405, { method: 'PUT', headers: form, body: 'grant_type=client_credentials' }],
      ['JSON', 415, { headers: json, body: JSON.stringify(GRANT) }],
      ['plain text', 415, { headers: { 'content-type': 'text/plain' }, body: 'grant_type=client_credentials' }],
    ])('S-050 not %s', async (_name, status, sent) => {
      const answer = await send(url(), { ...sent, headers: { ...sent.headers, ...credential() } });
      expect(refusalOf(answer)).toEqual({ status, error: 'invalid_request' });
      expect(answer.json).not.toHaveProperty('access_token');
    });

    it('S-050 not a body of 10 MB, which is not waited for', async () => {
      const lines = ['POST /t/acme/token HTTP/1.1', `Host: ${new URL(idp.origin).host}`, 'Content-Length: 10000000'];
      const head = [...lines, `Content-Type: ${form['content-type']}`, '', ''].join('\r\n');
      const heard = await speak(idp.origin, `${head}grant_type=client_credentials`);
      expect(heard).toMatch(/^HTTP\/1\.1 413 /);
      expect(heard).toContain('"error":"invalid_request"');
    });

    it('S-050 nor what stands in the query', async () => {
      const query = new URLSearchParams({ ...GRANT, scope: 'api.read' });
      const answer = await send(`${url()}?${query}`, { headers: { ...form, ...credential() }, body: '' });
      expect(refusalOf(answer)).toEqual({ status: 400, error: 'invalid_request' });
    });
  });

  describe('S-051 one method in one request, the registered one', () => {
    it.each<[string, () => Promise<Answer>]>([
      [
        'Basic and a secret in the form',
        () => token({ ...GRANT, client_id: machine.client.client_id, client_secret: machine.secret }, credential()),
      ],
      [
        'Basic and an assertion',
        async () =>
          token(
            {
              ...GRANT,
              client_assertion_type: JWT_BEARER_ASSERTION_TYPE,
              client_assertion: await suite.sign(suite.claims(keyed)),
            },
            credential(),
          ),
      ],
      [
        'a secret in the form and an assertion',
        async () =>
          suite.present(await suite.sign(suite.claims(keyed)), {
            form: { client_id: machine.client.client_id, client_secret: machine.secret },
          }),
      ],
      [
        'the same secret twice',
        () =>
          token([
            ['grant_type', 'client_credentials'],
            ['client_id', machine.client.client_id],
            ['client_secret', machine.secret],
            ['client_secret', machine.secret],
          ]),
      ],
    ])('S-051 %s', async (_name, ask) => {
      expect(refusalOf(await ask())).toEqual({ status: 400, error: 'invalid_request' });
    });

    it('S-051 the secret from before a client went over to keys is worth nothing, at either place', async () => {
      const { client, secret } = await createMachine(idp, suite.tenant);
      const before = await token(GRANT, basic(client.client_id, secret));
      expect(before.status).toBe(200);
      await idp.get(ClientsService).update(suite.tenant, client.id, {
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [suite.key.publicJwk] },
      });
      const refused = { status: 401, error: 'invalid_client' };
      expect(refusalOf(await token(GRANT, basic(client.client_id, secret)))).toEqual(refused);
      const inForm = { ...GRANT, client_id: client.client_id, client_secret: secret };
      expect(refusalOf(await token(inForm))).toEqual(refused);
      expect(await suite.judged({ client, secret: '' })).toBe(200);
    });
  });

  it('S-054 thirty wrong secrets in a minute are stopped, on both instances; at another address the client goes on', async () => {
    const { databaseUrl, masterKey, clock } = idp;
    const sibling = await startIdp({
      databaseUrl,
      masterKey,
      clock,
      environment: { PUBLIC_URL: idp.origin, ...PROXIED },
    });
    try {
      const strict = await idp.createTenant({ slug: 'strict' });
      const { client, secret } = await createMachine(idp, strict);
      const from = (address: string, guess: string, via?: TestIdp) =>
        postForm(
          `${strict.issuer}/token`,
          GRANT,
          { ...basic(client.client_id, guess), 'x-forwarded-for': address },
          via,
        );
      const statuses: number[] = [];
      for (let n = 0; n < 30; n += 1) {
        statuses.push((await from('198.51.100.7', `guess-${n}`, n % 2 ? sibling : idp)).status);
      }
      expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(20).fill(429)]);
      const refused = await from('198.51.100.7', secret);
      expect(refusalOf(refused)).toEqual({ status: 429, error: 'temporarily_unavailable' });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await from('198.51.100.8', secret)).status).toBe(200);
      expect((await from('198.51.100.8', secret, sibling)).status).toBe(200);
      clock.forward(61);
      expect((await from('198.51.100.7', secret)).status).toBe(200);
    } finally {
      await sibling.close();
    }
  });

  describe('S-058 S-090 an assertion that is signed by something else than the registered key and its algorithm', () => {
    const pem = () => createPublicKey({ key: { ...suite.key.publicJwk }, format: 'jwk' });
    const forgeries: [string, () => Promise<string> | string][] = [
      ['none', () => `${encode({ alg: 'none' })}.${encode(suite.claims(keyed))}.`],
      ['NoNe', () => `${encode({ alg: 'NoNe', kid: suite.key.kid })}.${encode(suite.claims(keyed))}.`],
      ['HS256 by the key as PEM', () => mac(Buffer.from(pem().export({ format: 'pem', type: 'spki' })))],
      ['HS256 by the key as DER', () => mac(pem().export({ format: 'der', type: 'spki' }))],
      ['HS512 by the key as a JWK', () => mac(Buffer.from(JSON.stringify(suite.key.publicJwk)), 'HS512')],
      ['HS256 by the client_id', () => mac(Buffer.from(keyed.client.client_id.padEnd(32)))],
      ['another curve under the same kid', () => by('ES384')],
      ['RSA under the same kid', () => by('RS256')],
      ['another key of the same kind', () => by('ES256')],
      ['another algorithm in the header', async () => renamed('ES384')],
      ['an algorithm that nobody has', async () => renamed('ES999')],
      ['no signature', async () => (await suite.sign(suite.claims(keyed))).replace(/[^.]+$/, '')],
    ];

    const mac = (secret: Uint8Array, alg = 'HS256') => suite.sign(suite.claims(keyed), { alg, kid: undefined }, secret);

    async function by(alg: string): Promise<string> {
      const { privateKey } = await newClientKey(suite.key.kid, alg);
      return suite.sign(suite.claims(keyed), { alg }, privateKey);
    }

    async function renamed(alg: string): Promise<string> {
      const right = await suite.sign(suite.claims(keyed));
      return right.replace(/^[^.]+/, encode({ alg, kid: suite.key.kid }));
    }

    it.each(forgeries)('S-058 S-090 %s', async (_name, forge) => {
      const answer = await suite.present(await forge());
      expect(refusalOf(answer)).toEqual({ status: 401, error: 'invalid_client' });
      expect(await suite.judged(keyed)).toBe(200);
    });
  });
});

import type { NewClient } from '@tokenidp/clients';
import { sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { randomUUID } from 'node:crypto';
import { PurgeService } from '../../libs/oauth/src/tokens/purge.service';
import type { Credentials } from '../support/browser';
import { CodeFlow, type GivenCode } from '../support/code-flow';
import { type Members, ProofKey, ProofSender, type ProvenRequest } from '../support/dpop';
import { createClient, createUser } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, startSibling, type TestIdp } from '../support/idp';

const OFFLINE = { scope: 'openid offline_access', prompt: 'consent' };
const PUBLIC: Partial<NewClient> = { type: 'spa', token_endpoint_auth_method: 'none' };

describe('proofs of a key', () => {
  let idp: TestIdp;
  let sibling: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;
  let sender: ProofSender;
  let flow: CodeFlow;
  const key = new ProofKey('ES256');
  const other = new ProofKey('ES256');

  beforeAll(async () => {
    idp = await startIdp();
    sibling = await startSibling(idp);
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ credentials } = await createUser(idp, tenant));
    sender = new ProofSender(idp, tenant.issuer);
    flow = await newFlow();
  });

  afterEach(() => idp.clock.reset());

  afterAll(async () => {
    await sibling?.close();
    await idp?.close();
  });

  const newFlow = async (metadata: Partial<NewClient> = {}) =>
    CodeFlow.of(tenant, await createClient(idp, tenant, metadata));

  const newCode = (of = flow, parameters: Record<string, string> = {}): Promise<GivenCode> =>
    of.code(new HttpBrowser(), { credentials, parameters });

  const proofBy = (by: ProofKey, more: Partial<ProvenRequest> = {}) => ({
    dpop: sender.proof('/token', 'POST', { key: by, ...more }),
  });

  async function tokensOf(of = flow): Promise<Record<string, unknown>> {
    const answer = await of.redeem(await newCode(of, OFFLINE), {}, { headers: proofBy(key) });
    expect(answer.status).toBe(200);
    return answer.json!;
  }

  const refusal = ({ status, json }: Answer) => ({ status, error: json?.error });

  describe('S-115 a bad proof', () => {
    const now = () => Math.floor(idp.clock.now().getTime() / 1000);
    const bad: [string, (good: (claims?: Members, header?: Members) => string) => string][] = [
      ['of another typ', (good) => good({}, { typ: 'JWT' })],
      ['with a symmetric alg', (good) => good({}, { alg: 'HS256', jwk: { kty: 'oct', k: 'c2VjcmV0' } })],
      ['with alg none', (good) => good({}, { alg: 'none' })],
      ['by RS256', (good) => good({}, { alg: 'RS256' })],
      ['that shows its private key', (good) => good({}, { jwk: key.privateJwk })],
      ['signed by another key', (good) => good({}, { jwk: other.jwk })],
      ['for another method', (good) => good({ htm: 'DELETE' })],
      ['for another address', (good) => good({ htu: 'https://resource.example/' })],
      ['for the same path of another tenant', (good) => good({ htu: `${idp.origin}/t/other/token` })],
      ['of a minute and a second ago', (good) => good({ iat: now() - 61 })],
      ['of a minute ahead', (good) => good({ iat: now() + 60 })],
      ['without jti', (good) => good({ jti: undefined })],
      ['that comes with another one', (good) => `${good()}, ${good()}`],
      ['that is 10 kB long', (good) => good({ pad: 'x'.repeat(10_000) })],
    ];

    it.each(bad)('S-115 %s buys no token, and the code stays good', async (_name, make) => {
      const given = await newCode();
      const good = (claims?: Members, header?: Members) => proofBy(key, { claims, header }).dpop;
      const answer = await flow.redeem(given, {}, { headers: { dpop: make(good) } });
      expect(refusal(answer)).toEqual({ status: 400, error: 'invalid_dpop_proof' });
      expect((await flow.redeem(given, {}, { headers: proofBy(key) })).status).toBe(200);
    });

    it.each([
      ...bad,
      ['without ath', (good: (claims?: Members) => string) => good({ ath: undefined })],
      ['with the ath of another token', (good: (claims?: Members) => string) => good({ ath: sha256('x') })],
    ] as typeof bad)('S-115 %s opens no resource', async (_name, make) => {
      const token = String((await tokensOf()).access_token);
      const good = (claims?: Members, header?: Members) => sender.tokenProof(token, { key, claims, header });
      const answer = await sender.ask(token, { dpop: make(good) });
      expect(refusal(answer)).toEqual({ status: 401, error: 'invalid_dpop_proof' });
      expect((await sender.ask(token, { dpop: good() })).status).toBe(200);
    });

    it('S-115 a proof is good once, at both instances together', async () => {
      const token = String((await tokensOf()).access_token);
      const dpop = sender.tokenProof(token, { key });
      expect((await sender.ask(token, { dpop })).status).toBe(200);
      const headers = { authorization: `DPoP ${token}`, dpop };
      const there = await send(`${tenant.issuer}/userinfo`, { headers, via: sibling });
      expect(refusal(there)).toEqual({ status: 401, error: 'invalid_dpop_proof' });
    });

    it('S-115 a proof that was used for a token is good for no other request there', async () => {
      const { client, secret } = flow.app;
      const headers = { ...basic(client.client_id, secret), ...proofBy(key) };
      const form = { grant_type: 'refresh_token', refresh_token: 'trt_none' };
      expect(refusal(await postForm(`${tenant.issuer}/token`, form, headers)).error).toBe('invalid_grant');
      expect(refusal(await postForm(`${tenant.issuer}/token`, form, headers)).error).toBe('invalid_dpop_proof');
    });

    it('S-115 nobody writes a proof down without a client or a token', async () => {
      const count = async () =>
        Number(
          (await idp.database.dataSource.query<[{ count: string }]>('SELECT COUNT(*) AS count FROM replay'))[0].count,
        );
      const before = await count();
      const stranger = await sender.token({ grant_type: 'client_credentials' }, basic('nobody', 'nothing'), { key });
      expect(stranger.status).toBe(401);
      const { access_token } = await flow.tokens(await newCode());
      expect((await sender.userinfo(`${access_token}x`, { key })).status).toBe(401);
      expect((await sender.userinfo(access_token, { key })).status).toBe(401);
      expect(await count()).toBe(before);
    });
  });

  it('S-093 no other JWT of ours or of the client passes for a proof', async () => {
    const { access_token, id_token } = await tokensOf();
    const token = String(access_token);
    const claims = { htm: 'GET', htu: `${tenant.issuer}/userinfo`, ath: sha256(token) };
    const kinds = ['JWT', 'at+jwt', 'logout+jwt', 'oauth-authz-req+jwt', 'client-authentication+jwt', 'DPoP+jwt'];
    const made = kinds.map((typ) => sender.tokenProof(token, { key, claims, header: { typ } }));
    for (const dpop of [token, String(id_token), ...made]) {
      const answer = await sender.ask(token, { dpop });
      expect(refusal(answer)).toEqual({ status: 401, error: 'invalid_dpop_proof' });
    }
  });

  it('S-116 a proof is still known after 200 000 others, while it would be good', async () => {
    idp.clock.hold();
    const token = String((await tokensOf()).access_token);
    const dpop = sender.tokenProof(token, { key });
    expect((await sender.ask(token, { dpop })).status).toBe(200);
    // As many rows as requests would have made; what is sent through the server itself is the first and the last.
    await idp.database.dataSource.query(
      `INSERT INTO replay ("tenantId", "key", "expiresAt")
       SELECT $1, $2 || n, $3::timestamptz FROM generate_series(1, 200000) n`,
      [tenant.id, randomUUID(), new Date(idp.clock.now().getTime() + 120_000)],
    );
    for (let round = 0; round < 20; round += 1) expect((await sender.userinfo(token, { key })).status).toBe(200);
    expect(refusal(await sender.ask(token, { dpop }))).toEqual({ status: 401, error: 'invalid_dpop_proof' });
    idp.clock.forward(58);
    await idp.get(PurgeService).run();
    const last = await sender.ask(token, { dpop });
    expect(last).toMatchObject({ status: 401, json: { error_description: 'DPoP proof: it was used before' } });
  });

  describe('S-117 a bound token', () => {
    it('S-117 is no bearer token, in the header or in a form', async () => {
      const token = String((await tokensOf()).access_token);
      const dpop = sender.proof('/userinfo', 'POST', { key, claims: { ath: sha256(token) } });
      const answers = [
        await sender.ask(token, {}, 'Bearer'),
        await sender.ask(token, { dpop: sender.tokenProof(token, { key }) }, 'Bearer'),
        await postForm(`${tenant.issuer}/userinfo`, { access_token: token }),
        await postForm(`${tenant.issuer}/userinfo`, { access_token: token }, { dpop }),
      ];
      for (const answer of answers) expect(refusal(answer)).toEqual({ status: 401, error: 'invalid_token' });
    });

    it('S-117 is not a bearer token with a proof', async () => {
      const bearer = String((await flow.redeem(await newCode())).json?.access_token);
      expect(refusal(await sender.userinfo(bearer, { key }))).toEqual({ status: 401, error: 'invalid_token' });
      expect((await sender.ask(bearer, {}, 'Bearer')).status).toBe(200);
    });

    it('S-117 is of no use to the holder of another key', async () => {
      const token = String((await tokensOf()).access_token);
      expect(refusal(await sender.userinfo(token, { key: other }))).toEqual({ status: 401, error: 'invalid_token' });
    });
  });

  describe('S-070 S-117 a refresh token of a public client', () => {
    it.each([
      ['that rotates', {}],
      ['that stays', { dpop_bound_access_tokens: true }],
    ])('S-117 %s needs its key, and a stolen one ends nothing', async (_name, metadata) => {
      const app = await newFlow({ ...PUBLIC, ...metadata });
      const refresh_token = String((await tokensOf(app)).refresh_token);
      const swapped = await app.refresh(refresh_token, {}, { headers: proofBy(other) });
      expect(refusal(swapped)).toEqual({ status: 400, error: 'invalid_grant' });
      expect((await app.refresh(refresh_token)).status).toBe(400);
      const honest = await app.refresh(refresh_token, {}, { headers: proofBy(key) });
      expect(honest).toMatchObject({ status: 200, json: { token_type: 'DPoP' } });
    });
  });

  it('S-041 a code with dpop_jkt is redeemed by no other key, and by none', async () => {
    const given = await newCode(flow, { dpop_jkt: key.jkt });
    for (const headers of [proofBy(other), {}]) {
      expect(refusal(await flow.redeem(given, {}, { headers }))).toEqual({ status: 400, error: 'invalid_grant' });
    }
    expect((await flow.redeem(given, {}, { headers: proofBy(key) })).status).toBe(200);
  });

  it.each(['x', `${'a'.repeat(42)}=`, '%00'])('S-041 dpop_jkt %j is refused where it is sent', async (dpop_jkt) => {
    const { url } = await flow.request({ dpop_jkt });
    const page = await new HttpBrowser().get(url.href);
    expect(new URL(page.headers.get('location')!).searchParams.get('error')).toBe('invalid_request');
  });
});

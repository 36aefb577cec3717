import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { sha256 } from '@tokenidp/kernel';
import { decodeJwt } from 'jose';
import type { Credentials } from '../support/browser';
import { CodeFlow, type GivenCode } from '../support/code-flow';
import { type Members, ProofKey, ProofSender, type ProvenRequest } from '../support/dpop';
import { createClient, createMachine, createUser } from '../support/fixtures';
import { type Answer, basic } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const BOUND: Partial<NewClient> = { dpop_bound_access_tokens: true };
const OFFLINE = { scope: 'openid offline_access', prompt: 'consent' };

describe('fapi2-security-profile-final with sender_constrain=dpop', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;
  let sender: ProofSender;
  let flow: CodeFlow;
  let key: ProofKey;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ credentials } = await createUser(idp, tenant));
    sender = new ProofSender(idp, tenant.issuer);
    key = new ProofKey('ES256');
    flow = await CodeFlow.of(tenant, await createClient(idp, tenant, BOUND));
  });

  afterAll(() => idp?.close());

  const newCode = (parameters: Record<string, string> = {}): Promise<GivenCode> =>
    flow.code(new HttpBrowser(), { credentials, parameters });

  const redeem = (given: GivenCode, request?: ProvenRequest): Promise<Answer> =>
    flow.redeem(given, {}, request && { headers: { dpop: sender.proof('/token', 'POST', request) } });

  async function newToken(request: ProvenRequest = { key }): Promise<string> {
    const answer = await redeem(await newCode(), request);
    expect(answer).toMatchObject({ status: 200, json: { token_type: 'DPoP' } });
    return String(answer.json?.access_token);
  }

  const nowSeconds = (): number => Math.floor(idp.clock.now().getTime() / 1000);

  describe.each<[string, () => Members]>([
    ['check-dpop-proof-nbf-exp', () => ({ nbf: nowSeconds(), exp: nowSeconds() + 60 })],
    ['ensure-dpopproof-with-iat-10seconds-before-succeeds', () => ({ iat: nowSeconds() - 10 })],
    ['ensure-dpopproof-with-iat-10seconds-after-succeeds', () => ({ iat: nowSeconds() + 10 })],
  ])('%s', (_row, claims) => {
    it('at the token endpoint and at the resource', async () => {
      const token = await newToken({ key, claims: claims() });
      expect((await sender.userinfo(token, { key, claims: claims() })).status).toBe(200);
    });

    it('by client_credentials', async () => {
      const machine = await createMachine(idp, tenant, BOUND);
      const headers = basic(machine.client.client_id, machine.secret);
      const answer = await sender.token({ grant_type: 'client_credentials' }, headers, { key, claims: claims() });
      expect(answer).toMatchObject({ status: 200, json: { token_type: 'DPoP' } });
    });
  });

  it.each(['DPoP', 'dpop', 'DPOP', 'dPoP'])(
    'access-token-type-header-case-sensitivity: %s at the resource',
    async (scheme) => {
      const token = await newToken();
      const answer = await sender.ask(token, { dpop: sender.tokenProof(token, { key }) }, scheme);
      expect(answer.status).toBe(200);
    },
  );

  it('ensure-holder-of-key-required: no proof, no token', async () => {
    const given = await newCode();
    expect(await redeem(given)).toMatchObject({ status: 400, json: { error: 'invalid_dpop_proof' } });
    // The attempt has spent nothing.
    expect((await redeem(given, { key })).status).toBe(200);
  });

  it('ensure-token-endpoint-fails-with-mismatched-dpop-jkt', async () => {
    const given = await newCode({ dpop_jkt: key.jkt });
    const other = await redeem(given, { key: new ProofKey('ES256') });
    expect(other).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });

  it('ensure-dpop-auth-code-binding-success', async () => {
    const given = await newCode({ dpop_jkt: key.jkt });
    expect(await redeem(given, { key })).toMatchObject({ status: 200, json: { token_type: 'DPoP' } });
  });

  it('refresh-token: S-078 the same token each time, each with a key of its own, and none without a key', async () => {
    const { json } = await redeem(await newCode(OFFLINE), { key });
    const token = String(json?.refresh_token);
    const fresh = new ProofKey('PS256');
    const refresh = (headers: Record<string, string>) => flow.refresh(token, {}, { headers });
    expect((await refresh({})).status).toBe(400);
    const answer = await refresh({ dpop: sender.proof('/token', 'POST', { key: fresh }) });
    expect(answer).toMatchObject({ status: 200, json: { token_type: 'DPoP', refresh_token: token } });
    const again = await refresh({ dpop: sender.proof('/token', 'POST', { key: new ProofKey('ES256') }) });
    expect(again).toMatchObject({ status: 200, json: { refresh_token: token } });
    const access = String(answer.json?.access_token);
    expect(decodeJwt(access).cnf).toEqual({ jkt: fresh.jkt });
    expect((await sender.userinfo(access, { key: fresh })).status).toBe(200);
    expect((await sender.userinfo(access, { key })).status).toBe(401);
  });

  describe('dpop-negative-tests', () => {
    let token: string;
    let url: string;

    beforeAll(async () => {
      token = await newToken();
      url = `${tenant.issuer}/userinfo`;
    });

    const proof = (claims: Members = {}, header: Members = {}): string =>
      sender.tokenProof(token, { key, claims, header });
    const ask = (dpop: string): Promise<Answer> => sender.ask(token, { dpop });
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

    /** With another first part, whose signature nobody can make. */
    const reheaded = (header: Members): string => {
      const [, ...rest] = proof().split('.');
      return [part({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.jwk, ...header }), ...rest].join('.');
    };

    const badSignature = (): string => {
      const text = proof();
      const at = text.lastIndexOf('.') + 5;
      return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    };

    function expectRefused(answer: Answer, error = 'invalid_dpop_proof'): void {
      expect({ status: answer.status, error: answer.json?.error }).toEqual({ status: 401, error });
      expect(answer.headers.get('www-authenticate')).toMatch(new RegExp(`^DPoP .*error="${error}".*, algs="ES256 `));
    }

    it('what is right is taken', async () => expect((await ask(proof())).status).toBe(200));

    it.each<[string, () => string]>([
      ['a proof that is no JWT', () => 'malformed'],
      ['a proof with a part missing', () => proof().split('.').slice(0, 2).join('.')],
      ['no typ', () => proof({}, { typ: undefined })],
      ['another typ', () => proof({}, { typ: 'JWT' })],
      ['no alg', () => reheaded({ alg: undefined })],
      ['alg none', () => reheaded({ alg: 'none' })],
      ['alg none without a signature', () => reheaded({ alg: 'none' }).replace(/[^.]+$/, '')],
      ['RS256', () => sender.tokenProof(token, { key: new ProofKey('RS256') })],
      ['no jwk', () => proof({}, { jwk: undefined })],
      ['the private key in jwk', () => proof({}, { jwk: key.privateJwk })],
      ['a signature that is not right', badSignature],
      [
        'a signature by another key',
        () => sender.tokenProof(token, { key: new ProofKey('ES256'), header: { jwk: key.jwk } }),
      ],
      ['no jti', () => proof({ jti: undefined })],
      ['no htm', () => proof({ htm: undefined })],
      ['htm PUT', () => proof({ htm: 'PUT' })],
      ['no htu', () => proof({ htu: undefined })],
      ['another htu', () => proof({ htu: `${tenant.issuer}/token` })],
      ['no iat', () => proof({ iat: undefined })],
      ['iat an hour ago', () => proof({ iat: nowSeconds() - 3600 })],
      ['iat in an hour', () => proof({ iat: nowSeconds() + 3600 })],
      ['no ath', () => proof({ ath: undefined })],
      ['another ath', () => proof({ ath: sha256('another token') })],
    ])('%s is refused', async (_name, make) => expectRefused(await ask(make())));

    it('RFC 9449 §4.1 several DPoP headers are refused', async () => {
      expectRefused(await sender.ask(token, { dpop: [proof(), proof()] }));
      const one = proof();
      expectRefused(await sender.ask(token, { dpop: [one, one] }));
    });

    it('a jti that was used is refused', async () => {
      const used = proof();
      expect((await ask(used)).status).toBe(200);
      expectRefused(await ask(used));
      expectRefused(await ask(proof({ jti: decodeJwt(used).jti })));
    });

    it('another key is refused', async () =>
      expectRefused(await sender.userinfo(token, { key: new ProofKey('ES256') }), 'invalid_token'));

    it('no proof is refused', async () => expectRefused(await sender.ask(token, {})));

    it('the token as a bearer token is refused, with a proof and without', async () => {
      for (const headers of [{}, { dpop: proof() }]) {
        const answer = await sender.ask(token, headers as Record<string, string>, 'Bearer');
        expect({ status: answer.status, error: answer.json?.error }).toEqual({ status: 401, error: 'invalid_token' });
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token".*, DPoP algs="ES256 /);
      }
    });

    it.each<[string, () => Members]>([
      ['htu with a query', () => ({ htu: `${url}?a=b` })],
      ['htu with a fragment', () => ({ htu: `${url}#a` })],
      ['claims that nobody knows', () => ({ foo: 'bar' })],
      ['htu with scheme and host in capitals', () => ({ htu: url.replace(/^http:\/\/localhost/, 'HTTP://LOCALHOST') })],
    ])('%s is taken', async (_name, claims) => expect((await ask(proof(claims()))).status).toBe(200));

    it('RFC 9449 §4.1 the name of the header in capitals is taken', async () =>
      expect((await sender.ask(token, { DPOP: proof() })).status).toBe(200));
  });
});

import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { CodeFlow, type GivenCode } from '../support/code-flow';
import { ProofKey, ProofSender } from '../support/dpop';
import { createApi, createClient, createMachine, createUser, REDIRECT_URI } from '../support/fixtures';
import { basic, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { refusalOf, relyingParty } from '../support/stock-client';

const OFFLINE = { scope: 'openid offline_access', prompt: 'consent' };
const PUBLIC: Partial<NewClient> = { type: 'spa', token_endpoint_auth_method: 'none' };
const BOUND = { dpop_bound_access_tokens: true };
const INSECURE = { [oauth.allowInsecureRequests]: true };

describe('RFC 9449 DPoP', () => {
  let idp: TestIdp;
  let plain: Tenant;
  let strict: Tenant;
  const people = new Map<string, { credentials: Credentials; sub: string }>();

  beforeAll(async () => {
    idp = await startIdp();
    plain = await idp.createTenant({ slug: 'plain' });
    strict = await idp.createTenant({ slug: 'strict', settings: { dpop: { requireNonce: true } } });
    for (const tenant of [plain, strict]) {
      const { user, credentials } = await createUser(idp, tenant);
      people.set(tenant.slug, { credentials, sub: user.id });
    }
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  const newFlow = async (tenant: Tenant, metadata: Partial<NewClient> = {}) =>
    CodeFlow.of(tenant, await createClient(idp, tenant, metadata));

  const codeOf = (flow: CodeFlow, parameters: Record<string, string> = {}): Promise<GivenCode> =>
    flow.code(new HttpBrowser(), { credentials: people.get(flow.tenant.slug)!.credentials, parameters });

  describe.each([
    ['no nonce', 'plain'],
    ['a nonce', 'strict'],
  ])('§5, §8 openid-client, where proofs need %s', (_name, slug) => {
    const tenant = () => (slug === 'plain' ? plain : strict);

    it.each(['ES256', 'PS256', 'Ed25519'])('goes from code to userinfo with a key for %s', async (algorithm) => {
      const flow = await newFlow(tenant(), BOUND);
      const DPoP = openid.getDPoPHandle(flow.config, await openid.randomDPoPKeyPair(algorithm));
      const given = await codeOf(flow);
      const tokens = await openid.authorizationCodeGrant(flow.config, given.callback, given.checks, undefined, {
        DPoP,
      });
      const jkt = await DPoP.calculateThumbprint();
      expect(tokens.token_type).toBe('dpop');
      expect(decodeJwt(tokens.access_token)).toMatchObject({ cnf: { jkt } });
      const { sub } = people.get(slug)!;
      await expect(openid.fetchUserInfo(flow.config, tokens.access_token, sub, { DPoP })).resolves.toMatchObject({
        sub,
      });
      await expect(openid.tokenIntrospection(flow.config, tokens.access_token)).resolves.toMatchObject({
        active: true,
        token_type: 'DPoP',
        cnf: { jkt },
      });
    });

    it('gets a token for itself, also an opaque one', async () => {
      const machine = await createMachine(idp, tenant(), BOUND);
      const identifier = `https://${machine.client.client_id}.example/`;
      await createApi(idp, tenant(), [machine.client], { identifier, tokenFormat: 'opaque' });
      const config = await relyingParty(tenant(), machine);
      const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair());
      const { access_token, token_type } = await openid.clientCredentialsGrant(config, {}, { DPoP });
      expect({ token_type, isOpaque: access_token.startsWith('tat_') }).toEqual({ token_type: 'dpop', isOpaque: true });
      const jkt = await DPoP.calculateThumbprint();
      const introspected = await openid.tokenIntrospection(config, access_token);
      expect(introspected).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt } });
    });

    it('refreshes as a public client with its key, and with no other', async () => {
      const flow = await newFlow(tenant(), { ...PUBLIC, ...BOUND });
      const DPoP = openid.getDPoPHandle(flow.config, await openid.randomDPoPKeyPair());
      const given = await codeOf(flow, OFFLINE);
      const first = await openid.authorizationCodeGrant(flow.config, given.callback, given.checks, undefined, { DPoP });
      const other = openid.getDPoPHandle(flow.config, await openid.randomDPoPKeyPair());
      const stolen = openid.refreshTokenGrant(flow.config, first.refresh_token!, undefined, { DPoP: other });
      await expect(refusalOf(stolen)).resolves.toEqual({ status: 400, error: 'invalid_grant' });
      const second = await openid.refreshTokenGrant(flow.config, first.refresh_token!, undefined, { DPoP });
      expect(second.token_type).toBe('dpop');
      expect(second.refresh_token).toBe(first.refresh_token);
    });
  });

  it('RFC 9449 §8 oauth4webapi retries with the nonce it was given, at both endpoints', async () => {
    const flow = await newFlow(strict, BOUND);
    const client: oauth.Client = { client_id: flow.app.client.client_id };
    const as = flow.config.serverMetadata() as oauth.AuthorizationServer;
    const handle = () => oauth.generateKeyPair('ES256').then((pair) => oauth.DPoP(client, pair));
    const DPoP = await handle();
    const given = await codeOf(flow);
    const parameters = oauth.validateAuthResponse(as, client, given.callback, given.checks.expectedState as string);
    const verifier = given.checks.pkceCodeVerifier!;
    const ask = async () => {
      const authentication = oauth.ClientSecretBasic(flow.app.secret);
      const options = { ...INSECURE, DPoP };
      const response = await oauth.authorizationCodeGrantRequest(
        as,
        client,
        authentication,
        parameters,
        REDIRECT_URI,
        verifier,
        options,
      );
      return oauth.processAuthorizationCodeResponse(as, client, response, {
        expectedNonce: given.checks.expectedNonce,
      });
    };
    const refused: unknown = await ask().catch((error: unknown) => error);
    expect(oauth.isDPoPNonceError(refused)).toBe(true);
    const { access_token } = await ask();
    const userinfo = async (by = DPoP) => {
      const response = await oauth.userInfoRequest(as, client, access_token, { ...INSECURE, DPoP: by });
      return oauth.processUserInfoResponse(as, client, people.get('strict')!.sub, response);
    };
    await expect(userinfo()).resolves.toMatchObject({ sub: people.get('strict')!.sub });
    const stranger: unknown = await userinfo(await handle()).catch((error: unknown) => error);
    expect(oauth.isDPoPNonceError(stranger)).toBe(true);
  });

  it('RFC 9449 §8.2 a nonce comes with every answer to a proof, and goes out of use', async () => {
    const machine = await createMachine(idp, strict);
    const sender = new ProofSender(idp, strict.issuer);
    const key = new ProofKey('ES256');
    const headers = basic(machine.client.client_id, machine.secret);
    const ask = (nonce?: string) =>
      sender.token({ grant_type: 'client_credentials' }, headers, { key, claims: { nonce } });
    const first = await ask();
    expect(first).toMatchObject({ status: 400, json: { error: 'use_dpop_nonce' } });
    const nonce = first.headers.get('dpop-nonce')!;
    const second = await ask(nonce);
    expect(second).toMatchObject({ status: 200, json: { token_type: 'DPoP' } });
    expect(second.headers.get('dpop-nonce')).toMatch(/./);
    expect(second.headers.get('cache-control')).toBe('no-store');
    idp.clock.forward(240);
    const late = await ask(nonce);
    expect(late).toMatchObject({ status: 400, json: { error: 'use_dpop_nonce' } });
    const another = late.headers.get('dpop-nonce')!;
    expect(another).not.toBe(nonce);
    expect((await ask(another)).status).toBe(200);
  });

  it('RFC 9449 §5.1 the metadata names the algorithms', async () => {
    const { json } = await send(`${plain.issuer}/.well-known/openid-configuration`);
    expect(json?.dpop_signing_alg_values_supported).toEqual(['ES256', 'PS256', 'Ed25519', 'EdDSA']);
  });

  describe('§5.2 a client with dpop_bound_access_tokens', () => {
    it.each([
      ['authorization_code', (flow: CodeFlow, given: GivenCode) => flow.redeem(given)],
      ['refresh_token', (flow: CodeFlow) => flow.refresh('trt_whatever')],
    ])('without a proof gets nothing by %s', async (_name, ask) => {
      const flow = await newFlow(plain, BOUND);
      const given = await codeOf(flow);
      expect(await ask(flow, given)).toMatchObject({ status: 400, json: { error: 'invalid_dpop_proof' } });
    });

    it('and without it may go with a proof or without', async () => {
      const flow = await newFlow(plain);
      expect((await flow.redeem(await codeOf(flow))).json).toMatchObject({ token_type: 'Bearer' });
      const dpop = new ProofSender(idp, plain.issuer).proof('/token', 'POST', { key: new ProofKey('ES256') });
      const bound = await flow.redeem(await codeOf(flow), {}, { headers: { dpop } });
      expect(bound.json).toMatchObject({ token_type: 'DPoP' });
    });
  });

  describe('§5 refresh tokens', () => {
    const proofBy = (key: ProofKey) => ({
      headers: { dpop: new ProofSender(idp, plain.issuer).proof('/token', 'POST', { key }) },
    });

    async function refreshTokenOf(flow: CodeFlow, key?: ProofKey): Promise<string> {
      const answer = await flow.redeem(await codeOf(flow, OFFLINE), {}, key && proofBy(key));
      return String(answer.json?.refresh_token);
    }

    it('of a confidential client are not bound: each refresh may bring a new key, but has to bring one', async () => {
      const flow = await newFlow(plain, BOUND);
      const token = await refreshTokenOf(flow, new ProofKey('ES256'));
      expect((await flow.refresh(token)).json).toMatchObject({ error: 'invalid_dpop_proof' });
      const key = new ProofKey('ES256');
      const { json } = await flow.refresh(token, {}, proofBy(key));
      expect(json).toMatchObject({ token_type: 'DPoP', refresh_token: token });
      expect(decodeJwt(String(json?.access_token))).toMatchObject({ cnf: { jkt: key.jkt } });
    });

    it('S-071 of a public client are bound through every rotation, from the first refresh with a key on', async () => {
      const flow = await newFlow(plain, PUBLIC);
      const [mine, theirs] = [new ProofKey('ES256'), new ProofKey('ES256')];
      const bearer = await refreshTokenOf(flow);
      const first = await flow.refresh(bearer, {}, proofBy(mine));
      expect(first.json).toMatchObject({ token_type: 'DPoP' });
      const bound = String(first.json?.refresh_token);
      const refused = [await flow.refresh(bound, {}, proofBy(theirs)), await flow.refresh(bound)];
      expect(refused.map(({ json }) => json?.error)).toEqual(['invalid_grant', 'invalid_grant']);
      const second = await flow.refresh(bound, {}, proofBy(mine));
      expect(second.status).toBe(200);
      const third = await flow.refresh(String(second.json?.refresh_token), {}, proofBy(theirs));
      expect(third.json).toMatchObject({ error: 'invalid_grant' });
    });
  });
});

import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { type Members, ProofKey, ProofSender } from '../support/dpop';
import { type Answer, postForm } from '../support/http';
import { type Asked, type PushingClient, PushingClients } from '../support/pushing-clients';
import { RequestStatements } from '../support/request-statements';

const PREFIX = 'fapi2-security-profile-final';

describe('RFC 9449 §10.1 DPoP with pushed authorization requests', () => {
  let world: PushingClients;
  let strict: PushingClients;
  let client: PushingClient;
  let sender: ProofSender;
  const key = new ProofKey('ES256');
  const other = new ProofKey('ES256');

  beforeAll(async () => {
    world = await PushingClients.start();
    strict = await PushingClients.in(world.idp, { slug: 'strict', settings: { dpop: { requireNonce: true } } });
    client = await world.client('PS256', { dpop_bound_access_tokens: true });
    sender = new ProofSender(world.idp, world.tenant.issuer);
  });

  afterAll(() => world?.close());

  const nowSeconds = (): number => world.idp.clock.nowSeconds();
  const proofFor = (path: string, by: ProofKey, claims: Members = {}) => ({
    dpop: sender.proof(path, 'POST', { key: by, claims }),
  });

  async function send(path: string, form: Record<string, string>, headers: Record<string, string>): Promise<Answer> {
    return postForm(`${world.tenant.issuer}${path}`, { ...form, ...(await client.proof()) }, headers);
  }

  /** The form that redeems the code of what was pushed. */
  async function codeOf({ json }: Answer, { parameters, checks }: Asked): Promise<Record<string, string>> {
    const callback = await client.callback(client.address({ request_uri: String(json?.request_uri) }));
    const code = callback.searchParams.get('code')!;
    const code_verifier = checks.pkceCodeVerifier!;
    return { grant_type: 'authorization_code', code, redirect_uri: parameters.redirect_uri!, code_verifier };
  }

  const outcome = ({ status, json }: Answer): string => [status, json?.error].join(' ').trim();

  it.each([
    ['no nonce', () => world],
    ['a nonce', () => strict],
  ])('openid-client pushes, redeems and reads userinfo with one key, where proofs need %s', async (_name, place) => {
    const by = await place().client('ES256', { dpop_bound_access_tokens: true });
    const DPoP = openid.getDPoPHandle(by.config, await openid.randomDPoPKeyPair());
    const { parameters, checks } = await by.asks();
    const url = await openid.buildAuthorizationUrlWithPAR(by.config, parameters, { DPoP });
    const callback = await by.callback(url);
    const stolen = openid.getDPoPHandle(by.config, await openid.randomDPoPKeyPair());
    const redeem = (handle: openid.DPoPHandle) =>
      openid.authorizationCodeGrant(by.config, callback, checks, undefined, { DPoP: handle });
    await expect(redeem(stolen)).rejects.toMatchObject({ error: 'invalid_grant' });
    const tokens = await redeem(DPoP);
    const { sub } = tokens.claims()!;
    expect(decodeJwt(tokens.access_token)).toMatchObject({ cnf: { jkt: await DPoP.calculateThumbprint() } });
    await expect(openid.fetchUserInfo(by.config, tokens.access_token, sub, { DPoP })).resolves.toMatchObject({ sub });
  });

  it('RFC 9449 §11.1 RFC 7523 §3 redeems what was pushed by at most six statements, the tokens in one transaction', async () => {
    const server = new RequestStatements(world.idp);
    const by = await world.client('ES256', { dpop_bound_access_tokens: true });
    const DPoP = openid.getDPoPHandle(by.config, await openid.randomDPoPKeyPair());
    const { parameters, checks } = await by.asks();
    const callback = await by.callback(await openid.buildAuthorizationUrlWithPAR(by.config, parameters, { DPoP }));
    const cost = await server.of(() => openid.authorizationCodeGrant(by.config, callback, checks, undefined, { DPoP }));
    expect(cost.statements.length).toBeLessThanOrEqual(6);
    // The assertion and the proof are spent for good, each by itself, whatever becomes of the request.
    const proofs = cost.statements.filter((name) => name === 'oauth.replay.spend');
    expect(proofs).toHaveLength(2);
    expect(cost.transactions - proofs.length).toBe(1);
  });

  it.each([
    [`${PREFIX}-ensure-dpopproof-with-iat-10seconds-before-succeeds at PAR`, () => ({ iat: nowSeconds() - 10 })],
    [`${PREFIX}-ensure-dpopproof-with-iat-10seconds-after-succeeds at PAR`, () => ({ iat: nowSeconds() + 10 })],
    [`${PREFIX}-check-dpop-proof-nbf-exp at PAR`, () => ({ nbf: nowSeconds(), exp: nowSeconds() + 60 })],
  ])('%s', async (_row, claims) => {
    const { parameters } = await client.asks();
    expect((await send('/par', parameters, proofFor('/par', key, claims()))).status).toBe(201);
  });

  it(`${PREFIX}-ensure-mismatched-dpop-jkt-fails`, async () => {
    const { parameters } = await client.asks({ dpop_jkt: other.jkt });
    expect(outcome(await send('/par', parameters, proofFor('/par', key)))).toBe('400 invalid_request');
  });

  it.each<[string, Members, boolean]>([
    ['ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt', {}, true],
    ['ensure-token-endpoint-fails-with-mismatched-dpop-jkt', { dpop_jkt: key.jkt }, false],
  ])(`${PREFIX}-%s`, async (_row, changes, isProven) => {
    const asked = await client.asks(changes);
    const pushed = await send('/par', asked.parameters, isProven ? proofFor('/par', key) : {});
    const form = await codeOf(pushed, asked);
    expect(outcome(await send('/token', form, proofFor('/token', other)))).toBe('400 invalid_grant');
  });

  it.each<[string, Members, boolean]>([
    ['ensure-dpopproof-at-par-endpoint-binding-success', {}, true],
    ['ensure-dpop-auth-code-binding-success', { dpop_jkt: key.jkt }, false],
    ['ensure-dpop-auth-code-binding-success with both', { dpop_jkt: key.jkt }, true],
  ])(`${PREFIX}-%s`, async (_row, changes, isProven) => {
    const asked = await client.asks(changes);
    const pushed = await send('/par', asked.parameters, isProven ? proofFor('/par', key) : {});
    const answer = await send('/token', await codeOf(pushed, asked), proofFor('/token', key));
    expect(answer).toMatchObject({ status: 200, json: { token_type: 'DPoP' } });
  });

  describe('S-041 a request object beside the proof', () => {
    const pushSigned = async (asked: Asked) =>
      send('/par', { request: await client.request(asked) }, proofFor('/par', key));

    it('that says nothing of a key does not take the pin away', async () => {
      const asked = await client.asks();
      const form = await codeOf(await pushSigned(asked), asked);
      expect(outcome(await send('/token', form, proofFor('/token', other)))).toBe('400 invalid_grant');
      expect(outcome(await send('/token', form, proofFor('/token', key)))).toBe('200');
    });

    it('that names another key is refused', async () => {
      const asked = await client.asks({ dpop_jkt: other.jkt });
      expect(outcome(await pushSigned(asked))).toBe('400 invalid_request');
    });
  });

  it.each<[string, () => Record<string, string>]>([
    ['for another endpoint', () => proofFor('/token', key)],
    ['of an hour ago', () => proofFor('/par', key, { iat: nowSeconds() - 3600 })],
    ['without jti', () => proofFor('/par', key, { jti: undefined })],
    ['for another method', () => proofFor('/par', key, { htm: 'GET' })],
    ['that is empty', () => ({ dpop: '' })],
  ])('S-115 a proof %s is refused at PAR', async (_name, headers) => {
    const { parameters } = await client.asks();
    expect(outcome(await send('/par', parameters, headers()))).toBe('400 invalid_dpop_proof');
  });

  it('S-115 a proof is good for one push', async () => {
    const { parameters } = await client.asks();
    const headers = proofFor('/par', key);
    expect(outcome(await send('/par', parameters, headers))).toBe('201');
    expect(outcome(await send('/par', parameters, headers))).toBe('400 invalid_dpop_proof');
  });
});

import { STANDARD_CLAIMS } from '@tokenidp/kernel';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import type { Answer } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { pageOf, type PushingClient, PushingClients, SECOND_REDIRECT_URI } from '../support/pushing-clients';

const PREFIX = 'fapi2-security-profile-final';

/** What does not need sender-constrained tokens, by clients that prove themselves with a key. */
describe(`${PREFIX}: authorization requests and their answers`, () => {
  let world: PushingClients;
  let one: PushingClient;
  let two: PushingClient;

  beforeAll(async () => {
    world = await PushingClients.start();
    one = await world.client('PS256');
    two = await world.client('ES256');
  });
  afterEach(() => world.idp.clock.reset());
  afterAll(() => world?.close());

  const refused = ({ status, json }: Answer) => ({ status, error: json?.error });
  const INVALID = { status: 400, error: 'invalid_request' };

  /** The whole flow; what the client was called with. */
  async function answerTo(changes: Record<string, unknown>, outside: Record<string, string> = {}) {
    const asked = await one.asks(changes);
    const url = await one.pushed(asked);
    for (const [name, value] of Object.entries(outside)) url.searchParams.set(name, value);
    const callback = await one.callback(url);
    return { asked, callback, answer: Object.fromEntries(callback.searchParams) };
  }

  it(`${PREFIX}-discovery-end-point-verification`, () => {
    const metadata = one.config.serverMetadata();
    expect(metadata).toMatchObject({
      response_types_supported: ['code'],
      authorization_response_iss_parameter_supported: true,
      pushed_authorization_request_endpoint: expect.stringContaining(world.tenant.issuer),
      require_pushed_authorization_requests: expect.any(Boolean),
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: expect.arrayContaining(['private_key_jwt']),
      token_endpoint_auth_signing_alg_values_supported: expect.arrayContaining(['PS256', 'ES256', 'EdDSA', 'Ed25519']),
      id_token_signing_alg_values_supported: expect.arrayContaining(['PS256', 'ES256']),
    });
  });

  /** What is beside the request in the address does not count, and is not refused. */
  async function duplicated(client: PushingClient, changes: Record<string, unknown>) {
    const asked = await client.asks(changes);
    const url = await client.pushed(asked);
    for (const [name, value] of Object.entries(asked.parameters)) url.searchParams.set(name, value);
    const callback = await client.callback(url);
    expect(callback.searchParams.get('iss')).toBe(world.tenant.issuer);
    return { asked, callback };
  }

  it(`${PREFIX}-happy-flow`, async () => {
    const { asked, callback } = await duplicated(one, {});
    const tokens = await one.redeem(callback, asked);
    expect(tokens.claims()).toMatchObject({ aud: one.id, nonce: asked.parameters.nonce });
    const { sub } = await openid.fetchUserInfo(one.config, tokens.access_token, tokens.claims()!.sub);
    expect(sub).toBe(tokens.claims()!.sub);
  });

  it(`${PREFIX}-happy-flow of the second client, by the second redirect URI, with a nonce of 43 characters`, async () => {
    const nonce = 'n'.repeat(43);
    const { asked, callback } = await duplicated(two, { redirect_uri: SECOND_REDIRECT_URI, nonce });
    expect(callback.href).toContain(`${SECOND_REDIRECT_URI}&code=`);
    // The library takes the query off a redirect URI, so the code is redeemed by hand.
    const answer = await two.token({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code')!,
      redirect_uri: SECOND_REDIRECT_URI,
      code_verifier: asked.checks.pkceCodeVerifier!,
    });
    expect(answer).toMatchObject({ status: 200, json: { token_type: 'Bearer' } });
    expect(decodeJwt(String(answer.json?.id_token))).toMatchObject({ aud: two.id, nonce });
  });

  it(`${PREFIX}-user-rejects-authentication`, async () => {
    const asked = await one.asks({ prompt: 'login' });
    const browser = new HttpBrowser();
    const page = await browser.open((await one.pushed(asked)).href);
    const cancelled = await browser.submit(page, 'cancel');
    const answer = new URL(cancelled.headers.get('location')!).searchParams;
    expect(Object.fromEntries(answer)).toEqual({
      error: 'access_denied',
      error_description: expect.any(String),
      state: asked.parameters.state,
      iss: world.tenant.issuer,
    });
  });

  it(`${PREFIX}-ensure-authorization-request-without-state-success`, async () => {
    expect(Object.keys((await answerTo({ state: undefined })).answer).sort()).toEqual(['code', 'iss']);
  });

  it(`${PREFIX}-ensure-authorization-request-without-nonce-success`, async () => {
    const { asked, callback } = await answerTo({ nonce: undefined });
    expect((await one.redeem(callback, asked)).claims()).not.toHaveProperty('nonce');
  });

  it.each([
    ['ensure-authorization-request-with-64-char-nonce-success', { nonce: 'n'.repeat(64) }],
    ['ensure-authorization-request-with-long-nonce', { nonce: 'n'.repeat(384) }],
    ['ensure-authorization-request-with-long-state', { state: 's'.repeat(384) }],
    ['ensure-other-scope-order-succeeds', { scope: 'email profile openid' }],
  ])(`${PREFIX}-%s`, async (_, changes) => {
    const { asked, callback } = await answerTo(changes);
    expect((await one.redeem(callback, asked)).access_token).toMatch(/./);
  });

  it(`${PREFIX}-test-claims-parameter-identity-claims`, async () => {
    expect(one.config.serverMetadata().claims_supported).toEqual(expect.arrayContaining([...STANDARD_CLAIMS]));
    const every = Object.fromEntries(STANDARD_CLAIMS.map((name) => [name, null]));
    const claims = JSON.stringify({ id_token: every, userinfo: every, unheard_of: { x: { values: ['y'] } } });
    const { asked, callback } = await answerTo({ claims });
    const tokens = await one.redeem(callback, asked);
    const userinfo = await openid.fetchUserInfo(one.config, tokens.access_token, tokens.claims()!.sub);
    for (const given of [tokens.claims()!, userinfo])
      expect(Object.keys(given)).toEqual(expect.arrayContaining([...STANDARD_CLAIMS]));
  });

  it(`${PREFIX}-ensure-different-nonce-inside-and-outside-request-object`, async () => {
    const { asked, callback } = await answerTo({ nonce: 'inside' }, { nonce: 'outside' });
    expect((await one.redeem(callback, asked)).claims()!.nonce).toBe('inside');
  });

  it(`${PREFIX}-ensure-different-state-inside-and-outside-request-object`, async () => {
    expect((await answerTo({ state: 'inside' }, { state: 'outside' })).answer.state).toBe('inside');
  });

  it(`${PREFIX}-state-only-outside-request-object-not-used`, async () => {
    expect((await answerTo({ state: undefined }, { state: 'outside' })).answer).not.toHaveProperty('state');
  });

  it(`${PREFIX}-ensure-request-object-without-redirect-uri-fails and -ensure-redirect-uri-in-authorization-request`, async () => {
    const { parameters } = await one.asks({ redirect_uri: undefined });
    expect(refused(await one.push(parameters))).toEqual(INVALID);
  });

  it(`${PREFIX}-plain-fapi-tolerate-unregistered-redirect-uri`, async () => {
    const { parameters } = await one.asks({ redirect_uri: 'https://client.example/callback/elsewhere' });
    expect(refused(await one.push(parameters))).toEqual(INVALID);
  });

  it(`${PREFIX}-ensure-unsigned-authorization-request-without-using-par-fails`, async () => {
    const { parameters } = await one.asks();
    const callback = await one.callback(one.address(parameters));
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({
      error: 'invalid_request',
      state: parameters.state,
      iss: world.tenant.issuer,
    });
    const elsewhere = one.address({ ...parameters, redirect_uri: 'https://evil.example' });
    expect(pageOf(await one.open(elsewhere)).status).toBe(400);
  });

  it.each([
    ['ensure-response-type-code-idtoken-fails', 'code id_token'],
    ['ensure-response-type-token-fails', 'token'],
  ])(`${PREFIX}-%s`, async (_, response_type) => {
    const answer = await one.push((await one.asks({ response_type })).parameters);
    expect(refused(answer)).toEqual({ status: 400, error: 'unsupported_response_type' });
  });

  it.each([
    ['par-ensure-pkce-required', { code_challenge: undefined, code_challenge_method: undefined }],
    ['par-plain-pkce-rejected', { code_challenge_method: 'plain' }],
    ['par-plain-pkce-rejected, where plain would be meant', { code_challenge_method: undefined }],
  ])(`${PREFIX}-%s`, async (_, changes) => {
    expect(refused(await one.push((await one.asks(changes)).parameters))).toEqual(INVALID);
  });
});

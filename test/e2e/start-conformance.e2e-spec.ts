import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import * as openid from 'openid-client';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';
import { selfIssued, thumbprintOf } from '../support/certificate';
import { type ClientKey, newClientKey } from '../support/client-key';
import { callbackOf, passThrough } from '../support/code-flow';
import { HttpBrowser } from '../support/http-browser';
import { Installation, rebuild, type ServerProcess } from '../support/server-process';
import { newKeyPair } from '../support/x509';
import { freePort } from '../support/free-port';

const PROFILE = 'fapi2-security-profile-final';
const CIBA_DOMAIN = 'ciba.example.com';
const SUITE = 'https://suite.example/test/a/tokenidp';
const PASSWORD = 'kq8Zr-5vTn2wLp9xYd3';
const APPROVAL = '/backchannel_authentication/test_approval';
const UP = /up for a conformance suite[^]*https:[^]*\n\n$/;

const here: LookupFunction = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);

/** The documented command, with a certificate of one's own: docs/conformance.md. */
describe('npm run start:conformance', () => {
  const folder = mkdtempSync(join(tmpdir(), 'idp-conformance-'));
  const names = ['localhost', 'fapi2.localhost', CIBA_DOMAIN];
  const server = selfIssued({ subject: [['CN', 'localhost']], hosts: names }, newKeyPair('rsa'));
  const shown = selfIssued({ subject: [['CN', 'ciba-1']] }, newKeyPair('rsa'));
  const agents: Agent[] = [];
  let installation: Installation;
  let running: ServerProcess;
  let port: number;
  let fapi: ClientKey;
  let ciba: ClientKey;

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  /** `fetch` of somebody whose names all lead here: a domain of its own stands for port 443. */
  function fetchWith(certificate?: typeof shown): typeof fetch {
    const connector = buildConnector({ ca: server.cert, lookup: here, ...certificate });
    const agent = new Agent({ connect: (options, done) => connector({ ...options, port: String(port) }, done) });
    agents.push(agent);
    return ((input: string, init: object) => undiciFetch(input, { ...init, dispatcher: agent })) as never;
  }

  const stock = (issuer: string, client: string, key: ClientKey, asked: typeof fetch): Promise<openid.Configuration> =>
    openid.discovery(
      new URL(issuer),
      client,
      { id_token_signed_response_alg: 'PS256', authorization_signed_response_alg: 'PS256' },
      openid.PrivateKeyJwt({ key: key.privateKey, kid: key.kid }),
      { [openid.customFetch]: asked as openid.CustomFetch },
    );

  beforeAll(async () => {
    rebuild();
    port = await freePort();
    [fapi, ciba] = [await newClientKey('fapi', 'PS256'), await newClientKey('ciba', 'PS256')];
    const others = { keys: [(await newClientKey('other', 'PS256')).publicJwk] };
    const values = {
      ...{ SUITE, PASSWORD, CIBA_DOMAIN, FAPI_KEYS_1: { keys: [fapi.publicJwk] }, FAPI_KEYS_2: others },
      ...{ CIBA_KEYS_1: { keys: [ciba.publicJwk] }, CIBA_KEYS_2: others },
    };
    installation = new Installation({
      ...{ TLS_CERT: file('cert.pem', server.cert), TLS_KEY: file('key.pem', server.key) },
      ...{ PUBLIC_URL: `https://localhost:${port}`, TENANT_ROOT_DOMAIN: 'localhost', PORT: String(port) },
    });
    // What the command runs once everything is installed and built.
    const program = ['apps/idp/dist/conformance/main.js', 'docs/samples/conformance.json'];
    running = await installation.start({}, [...program, file('values.json', JSON.stringify(values))]);
    await running.until(() => UP.test(running.said), 'come up');
  });

  afterAll(async () => {
    await Promise.all(agents.map((agent) => agent.destroy()));
    await Installation.clearAll();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells its three issuers, and each is served there over TLS', async () => {
    const issuers = [
      `https://localhost:${port}/t/baseline`,
      `https://fapi2.localhost:${port}`,
      `https://${CIBA_DOMAIN}`,
    ];
    for (const issuer of issuers) {
      expect(running.said).toContain(`  ${issuer}\n`);
      const answer = await fetchWith()(`${issuer}/.well-known/openid-configuration`);
      expect(await answer.json()).toMatchObject({ issuer, token_endpoint: `${issuer}/token` });
    }
  });

  it(`${PROFILE}-happy-flow FAPI 2.0 MS §5.3 pushed, signed, answered as a JWT and bound by DPoP, at the sub-domain`, async () => {
    const config = await stock(`https://fapi2.localhost:${port}`, 'fapi-1', fapi, fetchWith());
    openid.useJwtResponseMode(config);
    const DPoP = openid.getDPoPHandle(config, await openid.randomDPoPKeyPair('ES256'));
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const [expectedNonce, expectedState] = [openid.randomNonce(), openid.randomState()];
    const signed = await openid.buildAuthorizationUrlWithJAR(
      config,
      {
        ...{ redirect_uri: `${SUITE}/callback`, scope: 'openid email', nonce: expectedNonce, state: expectedState },
        code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      },
      { key: fapi.privateKey, kid: fapi.kid },
    );
    const url = await openid.buildAuthorizationUrlWithPAR(config, signed.searchParams, { DPoP });
    expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const browser = new HttpBrowser(fetchWith());
    const callback = callbackOf(await passThrough(browser, url, { username: 'alice', password: PASSWORD }));
    expect([...callback.searchParams.keys()]).toEqual(['response']);
    const checks = { pkceCodeVerifier, expectedNonce, expectedState };
    const tokens = await openid.authorizationCodeGrant(config, callback, checks, undefined, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    expect(decodeProtectedHeader(tokens.id_token!).alg).toBe('PS256');
    expect(decodeJwt(tokens.access_token).cnf).toEqual({ jkt: expect.any(String) });
    const { sub } = tokens.claims()!;
    const info = await openid.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
    expect(info).toMatchObject({ sub, email: 'alice@example.com' });
  });

  it('fapi-ciba-id1 CIBA Core §7.2 polled at the domain of its own, allowed by the suite where it may be, bound to the certificate', async () => {
    const config = await stock(`https://${CIBA_DOMAIN}`, 'ciba-1', ciba, fetchWith(shown));
    const now = Math.floor(Date.now() / 1000);
    const request = await new SignJWT({ scope: 'openid', login_hint: 'alice', binding_message: '1234' })
      .setProtectedHeader({ alg: 'PS256', kid: ciba.kid })
      .setIssuer('ciba-1')
      .setAudience(`https://${CIBA_DOMAIN}`)
      .setJti('one')
      .setIssuedAt(now)
      .setNotBefore(now)
      .setExpirationTime(now + 300)
      .sign(ciba.privateKey);
    const asked = await openid.initiateBackchannelAuthentication(config, { request });
    const query = new URLSearchParams({ auth_req_id: asked.auth_req_id, action: 'allow' });
    for (const elsewhere of [
      `https://localhost:${port}/t/baseline`,
      `https://fapi2.localhost:${port}`,
      `https://localhost:${port}`,
    ]) {
      expect((await fetchWith()(`${elsewhere}${APPROVAL}?${query}`, { method: 'POST' })).status).toBe(404);
    }
    const polled = openid.pollBackchannelAuthenticationGrant(config, { ...asked, interval: 1 });
    expect((await fetchWith()(`https://${CIBA_DOMAIN}${APPROVAL}?${query}`, { method: 'POST' })).status).toBe(200);
    const tokens = await polled;
    expect(decodeProtectedHeader(tokens.id_token!).alg).toBe('PS256');
    expect(decodeJwt(tokens.access_token).cnf).toEqual({ 'x5t#S256': thumbprintOf(shown) });
    const { sub } = tokens.claims()!;
    expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub });
    const strange = await fetchWith()(`https://${CIBA_DOMAIN}/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(strange.status).toBe(401);
  });

  it('ends when it is told to, its database with it', async () => {
    expect((await running.stop()).code).toBe(0);
  });
});

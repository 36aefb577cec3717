import type { Tenant } from '@tokenidp/tenancy';
import { decodeJwt, type JWK } from 'jose';
import { CodeFlow } from '../support/code-flow';
import { API, createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import type { Tokens } from '../support/stock-client';

const refusalOf = ({ status, json }: Answer) => ({ status, error: json?.error });
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('tokens and keys', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let machine: TestClient;
  let flow: CodeFlow;
  let browser: HttpBrowser;
  let tokens: Tokens;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { keys: { algorithms: ['ES256', 'RS256', 'EdDSA'] } } });
    const app = await createClient(idp, tenant);
    machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [app.client, machine.client]);
    flow = await CodeFlow.of(tenant, app);
    browser = new HttpBrowser();
    await flow.code(browser, { credentials: (await createUser(idp, tenant)).credentials });
    tokens = await flow.tokens(await flow.code(browser));
  });

  afterAll(() => idp?.close());

  const userinfo = (token: string) =>
    send(`${tenant.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } });

  function introspect(token: string): Promise<Answer> {
    const { client, secret } = flow.app;
    return postForm(`${tenant.issuer}/introspect`, { token }, basic(client.client_id, secret));
  }

  function machineToken(): Promise<Answer> {
    const credential = basic(machine.client.client_id, machine.secret);
    return postForm(`${tenant.issuer}/token`, { grant_type: 'client_credentials', scope: 'api.read' }, credential);
  }

  it('S-095 userinfo takes the tokens that are for it, and neither those of an API nor those of a client', async () => {
    const forApi = { scope: 'openid api.read', resource: API };
    const ofApi = await flow.tokens(await flow.code(browser, { parameters: forApi }));
    expect(decodeJwt(ofApi.access_token).aud).toBe(API);
    const ofClient = await machineToken();
    expect((await userinfo(tokens.access_token)).status).toBe(200);
    for (const token of [ofApi.access_token, String(ofClient.json?.access_token)]) {
      const answer = await userinfo(token);
      expect(refusalOf(answer)).toEqual({ status: 401, error: 'invalid_token' });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+", error="invalid_token"/);
    }
  });

  it('S-096 a JWT has one shape, and a length that is bounded', async () => {
    const [head, payload, signature] = tokens.access_token.split('.') as [string, string, string];
    const shapes = {
      'flattened JSON': JSON.stringify({ payload, protected: head, signature }),
      'general JSON': JSON.stringify({ payload, signatures: [{ protected: head, signature }] }),
      padded: `${tokens.access_token}==`,
      'padded inside': `${head}=.${payload}.${signature}`,
      'base64 instead of base64url': `${head}.${payload}.${signature.slice(0, -2)}+/`,
      'four parts': `${tokens.access_token}.`,
      'three parts and an empty one before': `.${tokens.access_token}`,
      'white space around': ` ${tokens.access_token} `,
      'a line break inside': `${head}.${payload}\n.${signature}`,
      detached: `${head}..${signature}`,
      '17 kB': `${head}.${encode({ ...decodeJwt(tokens.access_token), x: 'x'.repeat(12_500) })}.${signature}`,
    };
    expect((await introspect(tokens.access_token)).json).toMatchObject({ active: true });
    for (const [shape, token] of Object.entries(shapes)) {
      const answer = await introspect(token);
      expect({ shape, status: answer.status, text: answer.text }).toEqual({
        shape,
        status: 200,
        text: '{"active":false}',
      });
    }
    for (const shape of ['flattened JSON', 'general JSON', 'padded inside', 'four parts', 'detached'] as const) {
      const { status, error } = refusalOf(await userinfo(shapes[shape]));
      expect({ shape, status, error }).toEqual({ shape, status: 401, error: 'invalid_token' });
    }
  });

  it('S-097 nothing is decrypted, derived or inflated for whoever asks', async () => {
    const headers = [
      { alg: 'PBES2-HS256+A128KW', enc: 'A128CBC-HS256', p2c: 2 ** 31, p2s: 'AAAA' },
      { alg: 'dir', enc: 'A256GCM', zip: 'DEF' },
      { alg: 'RSA-OAEP', enc: 'A256GCM', zip: 'DEF', typ: 'at+jwt' },
    ];
    for (const header of headers) {
      const jwe = `${encode(header)}.AAAA.AAAA.${'A'.repeat(5000)}.AAAA`;
      expect((await introspect(jwe)).text).toBe('{"active":false}');
      expect(refusalOf(await userinfo(jwe))).toEqual({ status: 401, error: 'invalid_token' });
    }
  });

  it('S-098 each tenant publishes keys of its own, the public parts only, each by a name of its own', async () => {
    const globex = await idp.createTenant({ slug: 'globex' });
    const keysOf = async ({ issuer }: Tenant) => (await send(`${issuer}/.well-known/jwks.json`)).json!.keys as JWK[];
    const [ours, theirs] = [await keysOf(tenant), await keysOf(globex)];
    const members = new Set(['kty', 'kid', 'alg', 'use', 'crv', 'x', 'y', 'n', 'e']);
    for (const jwk of [...ours, ...theirs]) {
      expect(Object.keys(jwk).filter((member) => !members.has(member))).toEqual([]);
      expect(['EC', 'RSA', 'OKP']).toContain(jwk.kty);
    }
    expect(new Set(ours.map(({ alg }) => alg))).toEqual(new Set(['ES256', 'RS256', 'EdDSA']));
    const all = [...ours, ...theirs];
    expect(new Set(all.map(({ kid }) => kid)).size).toBe(all.length);
    expect(new Set(all.map(({ x, n }) => x ?? n)).size).toBe(all.length);
  });

  it.each(['GET', 'POST'])('S-101 a token in the query of a %s is none', async (method) => {
    const query = new URLSearchParams({ access_token: tokens.access_token });
    const answer = await send(`${tenant.issuer}/userinfo?${query}`, {
      method,
      ...(method === 'POST' && { body: new URLSearchParams() }),
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+", DPoP algs="[^"]+"$/);
    expect(answer.text).not.toContain('Ada');
  });

  it('S-101 beside one in the header, what the query says does not count', async () => {
    const query = new URLSearchParams({ access_token: 'x' });
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    expect((await send(`${tenant.issuer}/userinfo?${query}`, { headers })).status).toBe(200);
  });

  it('S-102 an access token lives for five minutes, that of a client for ten, and both say so', async () => {
    const { json } = await machineToken();
    const lives = [
      [tokens.access_token, tokens.expires_in, 300],
      [String(json?.access_token), json?.expires_in, 600],
    ] as const;
    for (const [token, told, seconds] of lives) {
      const { iat, exp } = decodeJwt(token);
      expect([told, exp! - iat!]).toEqual([seconds, seconds]);
    }
    idp.clock.forward(301);
    try {
      expect((await userinfo(tokens.access_token)).status).toBe(401);
      expect((await introspect(tokens.access_token)).json).toEqual({ active: false });
    } finally {
      idp.clock.reset();
    }
  });
});

import { ClientsService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { API, createApi, createMachine, type TestClient } from '../support/fixtures';
import { basic, postForm, send } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { relyingParty } from '../support/stock-client';

const TYPE = 'application/token-introspection+jwt';
const insecure = { [oauth.allowInsecureRequests]: true };

describe('RFC 9701 introspection answers as JWTs', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let server: TestClient;
  let plain: TestClient;
  let token: string;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    server = await createMachine(idp, tenant, { introspection_signed_response_alg: 'RS256' });
    plain = await createMachine(idp, tenant);
    await createApi(idp, tenant, [server.client, plain.client]);
    const config = await relyingParty(tenant, plain);
    token = (await openid.clientCredentialsGrant(config, { scope: 'api.read' })).access_token;
  });

  afterAll(() => idp?.close());

  const ask = (accept: string | undefined, by = server, asked = token) =>
    postForm(
      `${tenant.issuer}/introspect`,
      { token: asked },
      { ...basic(by.client.client_id, by.secret), ...(accept !== undefined && { accept }) },
    );

  it('RFC 9701 §5 a stock client asks for one, and verifies it', async () => {
    const issuer = new URL(tenant.issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    expect(as.introspection_signing_alg_values_supported).toEqual(expect.arrayContaining(['ES256', 'RS256']));
    const client: oauth.Client = {
      client_id: server.client.client_id,
      introspection_signed_response_alg: 'RS256',
    };
    const authentication = oauth.ClientSecretBasic(server.secret);
    const response = await oauth.introspectionRequest(as, client, authentication, token, {
      requestJwtResponse: true,
      ...insecure,
    });
    const answer = await oauth.processIntrospectionResponse(as, client, response);
    await oauth.validateApplicationLevelSignature(as, response, insecure);
    expect(answer).toMatchObject({ active: true, aud: API, scope: 'api.read', client_id: plain.client.client_id });
  });

  it('§5 says who it is from, for whom, and what was asked, in one member', async () => {
    const answer = await ask(TYPE);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(TYPE);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(decodeProtectedHeader(answer.text)).toMatchObject({ alg: 'RS256', typ: 'token-introspection+jwt' });
    const keys = createRemoteJWKSet(new URL(`${tenant.issuer}/.well-known/jwks.json`));
    const { client_id } = server.client;
    const { payload } = await jwtVerify(answer.text, keys, { issuer: tenant.issuer, audience: client_id });
    expect(Object.keys(payload).sort()).toEqual(['aud', 'iat', 'iss', 'token_introspection']);
    expect(payload.token_introspection).toEqual({ active: true, ...decodeJwt(token), token_type: 'Bearer' });
  });

  it('S-081 §5 says of a token that does not concern the caller that it is inactive, and nothing else', async () => {
    const stranger = await createMachine(idp, tenant, { introspection_signed_response_alg: 'ES256' });
    for (const asked of [token, 'none']) {
      const answer = await ask(TYPE, stranger, asked);
      expect(decodeJwt(answer.text).token_introspection).toEqual({ active: false });
    }
  });

  it.each([TYPE, `application/json;q=0.5, ${TYPE}`, TYPE.toUpperCase(), `${TYPE};q=0.1`])(
    '§4 is asked for by its media type: %s',
    async (accept) => {
      expect((await ask(accept)).headers.get('content-type')).toBe(TYPE);
    },
  );

  it.each([undefined, '*/*', 'application/*', 'application/json', 'application/jwt', `${TYPE};q=0`, `${TYPE};q=0.000`])(
    '§4 is not what is sent for %s',
    async (accept) => {
      expect((await ask(accept)).headers.get('content-type')).toMatch(/^application\/json/);
    },
  );

  it('§6 nobody gets one who has not registered it', async () => {
    const answer = await ask(TYPE, plain);
    expect(answer).toMatchObject({ status: 200, json: { active: true } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('RFC 9701 §4 a refusal stays JSON', async () => {
    const answer = await postForm(`${tenant.issuer}/introspect`, { token }, { accept: TYPE });
    expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
  });

  it('S-093 RFC 9701 §8.1 is no token itself', async () => {
    const jwt = (await ask(TYPE)).text;
    expect((await ask('application/json', server, jwt)).text).toBe('{"active":false}');
    const userinfo = await send(`${tenant.issuer}/userinfo`, { headers: { authorization: `Bearer ${jwt}` } });
    expect(userinfo.status).toBe(401);
  });

  it('§6 the algorithm is one of the tenant’s', async () => {
    const unfit = idp
      .get(ClientsService)
      .create(tenant, { type: 'machine', introspection_signed_response_alg: 'none' });
    await expect(unfit).rejects.toMatchObject({ member: 'introspection_signed_response_alg' });
  });
});

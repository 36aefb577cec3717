import type { Resource } from '@tokenidp/clients';
import { RolesService } from '@tokenidp/users';
import { createRemoteJWKSet, decodeProtectedHeader, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { expectErrorRedirect, expectSecret } from '../support/conformance';
import { ConformanceClient } from '../support/conformance-client';
import { ConformancePlan } from '../support/conformance-plan';
import { API, createApi, createMachine } from '../support/fixtures';
import type { HttpPerson } from '../support/http-person';

const RIGHTS = 'https://rights.example/';
const OPAQUE = 'https://opaque.example/';
const RSA = 'https://rsa.example/';

describe('RFC 9068 JWT access tokens, as an API sees them', () => {
  let plan: ConformancePlan;
  let person: HttpPerson;
  let app: ConformanceClient;
  let machine: ConformanceClient;
  let rights: Resource;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
    const { idp, tenant } = plan;
    app = await plan.app({ consent: 'implicit' });
    const registered = await createMachine(idp, tenant);
    machine = await ConformanceClient.discover(tenant, registered);
    const clients = [app.registration.client, registered.client];
    const scopes = (name: string) => [{ name, displayName: name, description: '', sensitive: false }];
    await createApi(idp, tenant, clients);
    await createApi(idp, tenant, clients, { identifier: OPAQUE, tokenFormat: 'opaque', scopes: scopes('opaque.read') });
    await createApi(idp, tenant, clients, { identifier: RSA, algorithm: 'RS256', scopes: scopes('rsa.read') });
    const asking = { includeRoles: true, includePermissions: true, scopes: scopes('rights.read') };
    rights = await createApi(idp, tenant, clients, { identifier: RIGHTS, ...asking });
    person = await plan.resident();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  async function userTokens(scope: string, resource?: string) {
    const request = await app.request({ scope, ...(resource !== undefined && { resource }) });
    return app.redeem(await person.authorize(request.url), request);
  }

  const machineToken = (resource: string, by = machine) => openid.clientCredentialsGrant(by.config, { resource });

  /** RFC 9068 §4 by jose: what an API checks before it looks at anything else. */
  async function accept(token: string, audience = API, options: JWTVerifyOptions = {}): Promise<JWTPayload> {
    const keys = createRemoteJWKSet(new URL(app.config.serverMetadata().jwks_uri!));
    const expected = {
      issuer: plan.tenant.issuer,
      audience,
      typ: 'at+jwt',
      requiredClaims: ['exp', 'iat', 'jti', 'sub'],
    };
    return (await jwtVerify(token, keys, { ...expected, ...options })).payload;
  }

  it('RFC 9068 §2.2 of a user: who, by which client, what for, how they signed in, and nothing personal', async () => {
    const tokens = await userTokens('openid profile email api.read');
    const claims = await accept(tokens.access_token);
    expect(decodeProtectedHeader(tokens.access_token)).toEqual({
      typ: 'at+jwt',
      alg: 'ES256',
      kid: expect.stringMatching(/./),
    });
    expect(claims).toEqual({
      iss: plan.tenant.issuer,
      sub: plan.user.id,
      aud: [API, plan.tenant.issuer],
      client_id: app.clientId,
      scope: 'openid profile email api.read',
      iat: expect.any(Number),
      exp: claims.iat! + tokens.expires_in!,
      jti: expect.any(String),
      auth_time: expect.any(Number),
      acr: expect.stringMatching(/./),
      amr: ['pwd'],
    });
    expectSecret(claims.jti);
  });

  it('RFC 9068 §2.2 of a client itself: the client is the subject, and nobody signed in', async () => {
    const { access_token, expires_in } = await machineToken(API);
    const claims = await accept(access_token);
    expect(claims).toEqual({
      iss: plan.tenant.issuer,
      sub: machine.clientId,
      aud: API,
      client_id: machine.clientId,
      iat: expect.any(Number),
      exp: claims.iat! + expires_in!,
      jti: expect.any(String),
    });
  });

  it('RFC 9068 §2.2 no two tokens have the same jti', async () => {
    const tokens = await Promise.all(Array.from({ length: 5 }, () => machineToken(API)));
    const ids = await Promise.all(tokens.map(async ({ access_token }) => (await accept(access_token)).jti));
    expect(new Set(ids).size).toBe(5);
  });

  it('RFC 9068 §2.1 each API has tokens by the algorithm it was set up with', async () => {
    const { access_token } = await machineToken(RSA);
    expect(decodeProtectedHeader(access_token).alg).toBe('RS256');
    await expect(accept(access_token, RSA, { algorithms: ['RS256'] })).resolves.toHaveProperty('client_id');
  });

  it('RFC 9068 §2.2.3.1 roles and permissions are in the tokens of an API that asks, and in no others', async () => {
    const { idp, tenant, user } = plan;
    const roles = idp.get(RolesService);
    await roles.createPermissions(tenant, rights.id, [{ key: 'reports.read', description: 'Read reports' }]);
    await roles.create(tenant, {
      name: 'editor',
      displayName: 'Editor',
      permissions: { [rights.id]: ['reports.read'] },
    });
    await roles.assign(tenant, { type: 'user', id: user.id }, 'editor');
    const asked = await accept((await userTokens('openid rights.read', RIGHTS)).access_token, RIGHTS);
    expect(asked).toMatchObject({ roles: ['editor'], permissions: ['reports.read'] });
    const silent = await accept((await userTokens('openid api.read', API)).access_token);
    expect(silent).not.toHaveProperty('roles');
    expect(silent).not.toHaveProperty('permissions');
  });

  describe('an API refuses', () => {
    it('RFC 9068 §4 a token for another API', async () => {
      const { access_token } = await machineToken(RSA);
      await expect(accept(access_token)).rejects.toMatchObject({
        code: 'ERR_JWT_CLAIM_VALIDATION_FAILED',
        claim: 'aud',
      });
    });

    it('RFC 9068 §5 an ID token, whatever its audience', async () => {
      const { id_token } = await userTokens('openid api.read');
      await expect(accept(id_token!, app.clientId)).rejects.toMatchObject({ claim: 'typ' });
    });

    it('RFC 9068 §4 a token of another tenant, whose keys are others', async () => {
      const other = await plan.idp.createTenant({ slug: 'globex' });
      const foreign = await createMachine(plan.idp, other);
      await createApi(plan.idp, other, [foreign.client]);
      const { access_token } = await machineToken(API, await ConformanceClient.discover(other, foreign));
      await expect(accept(access_token)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    });

    it("RFC 9068 §4 a token after its end, which is the tenant's five minutes", async () => {
      const { access_token, expires_in } = await userTokens('openid api.read');
      expect(expires_in).toBe(300);
      const { exp } = await accept(access_token);
      const late = new Date(exp! * 1000);
      await expect(accept(access_token, API, { currentDate: late })).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
      const early = new Date((exp! - 1) * 1000);
      await expect(accept(access_token, API, { currentDate: early })).resolves.toBeDefined();
    });

    it('RFC 9068 §4 a token whose claims were changed', async () => {
      const { access_token } = await machineToken(API);
      const [header, payload, signature] = access_token.split('.') as [string, string, string];
      const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), scope: 'admin' };
      const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
      await expect(accept(forged)).rejects.toMatchObject({ code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
    });
  });

  it('RFC 9068 §4 a resource server by oauth4webapi accepts it as it comes', async () => {
    const { access_token } = await userTokens('openid api.read');
    const request = new Request(API, { headers: { authorization: `Bearer ${access_token}` } });
    const options = { [oauth.allowInsecureRequests]: true };
    const claims = await oauth.validateJwtAccessToken(app.config.serverMetadata(), request, API, options);
    expect(claims).toMatchObject({ sub: plan.user.id, client_id: app.clientId });
  });

  it('RFC 9068 §5 an access token is no ID token: no hint of who the user is', async () => {
    const { access_token } = await userTokens('openid');
    const request = await app.request({ prompt: 'none', id_token_hint: access_token });
    const callback = await person.authorize(request.url);
    expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: 'invalid_request' });
  });

  it('RFC 9068 §6 an API that wants opaque tokens gets nothing to read', async () => {
    const { access_token } = await userTokens('openid opaque.read', OPAQUE);
    expect(access_token).toMatch(/^tat_[\w-]{43,}$/);
    expectSecret(access_token);
  });
});

import type { Tenant } from '@tokenidp/tenancy';
import { UsersService, type User } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import { type AdminApi, adminApi } from '../support/admin';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { API, createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { basic, postForm } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

/** What differs from one token to the next, whoever makes it. */
const OF_THE_MOMENT = ['iat', 'exp', 'jti', 'auth_time', 'at_hash', 'nonce', 'sid'];

function lasting(claims: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !OF_THE_MOMENT.includes(name)));
}

describe('the administration API: previews', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;
  let app: TestClient;
  let machine: TestClient;
  let user: User;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant);
    app = await createClient(idp, tenant);
    machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [app.client, machine.client], { includeRoles: true, includePermissions: true });
    ({ user, credentials } = await createUser(idp, tenant));
  });

  afterAll(() => idp?.close());

  it.each([
    [['openid', 'email'], undefined, undefined],
    [['openid', 'profile', 'api.read'], undefined, undefined],
    [['api.read', 'api.write'], API, undefined],
    [['openid', 'api.read'], API, { id_token: { email: null, name: { essential: true } } }],
    [['openid', 'phone', 'address'], undefined, { userinfo: { nickname: null } }],
  ])('OIDC Core §2, §5.3.2 a preview of %j is what is issued', async (scopes, resource, claims) => {
    const flow = await CodeFlow.of(tenant, app);
    const parameters = {
      scope: scopes.join(' '),
      ...(resource && { resource }),
      ...(claims && { claims: JSON.stringify(claims) }),
    };
    const tokens = await flow.tokens(await flow.code(new HttpBrowser(), { credentials, parameters }));
    const asked = { clientId: app.client.client_id, userId: user.id, scopes, resource, claims };
    const { status, body } = await api.post('claims-preview', asked);
    expect(status).toBe(200);
    expect(lasting(body.accessToken)).toEqual(lasting(decodeJwt(tokens.access_token)));
    if (tokens.id_token) expect(lasting(body.idToken)).toEqual(lasting(decodeJwt(tokens.id_token)));
    else expect(body.idToken).toBeNull();
    const userinfo = await fetch(`${tenant.issuer}/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    if (userinfo.ok) expect(body.userinfo).toEqual(await userinfo.json());
    else expect(body.userinfo).toBeNull();
  });

  it('RFC 9068 §2.2 a preview for a machine is what it gets', async () => {
    const { client_id: clientId } = machine.client;
    const form = { grant_type: 'client_credentials', scope: 'api.read' };
    const answer = await postForm(`${tenant.issuer}/token`, Object.entries(form), basic(clientId, machine.secret));
    const { body } = await api.post('claims-preview', { clientId, scopes: ['api.read'] });
    expect(lasting(body.accessToken)).toEqual(lasting(decodeJwt(String(answer.json?.access_token))));
    expect([body.idToken, body.userinfo]).toEqual([null, null]);
  });

  it('refuses as the protocol would', async () => {
    const clientId = app.client.client_id;
    const { status, body } = await api.post('claims-preview', { clientId, userId: user.id, scopes: ['admin'] });
    expect([status, body.detail]).toEqual([400, expect.stringContaining('invalid_scope')]);
    expect((await api.post('claims-preview', { clientId: 'nobody', scopes: [] })).status).toBe(404);
  });

  it('explains what lets a user use an application, and what does not', async () => {
    const { client_id: clientId } = app.client;
    const asked = { userId: user.id, clientId, permission: 'users.read' };
    const before = await api.post('access-explanation', asked);
    expect(before.body.isAllowed).toBe(false);
    expect(before.body.rules.filter(({ isMet }: { isMet: boolean }) => !isMet)).toHaveLength(1);
    await idp.get(UsersService).assignRole(tenant, user.id, 'user-manager');
    expect((await api.post('access-explanation', asked)).body.isAllowed).toBe(true);
    await idp.get(UsersService).disable(tenant, user.id);
    const after = await api.post('access-explanation', asked);
    expect([after.body.isAllowed, after.body.rules[0].detail]).toEqual([false, 'The user is disabled.']);
    expect((await api.post('access-explanation', { userId: user.id })).status).toBe(400);
  });
});

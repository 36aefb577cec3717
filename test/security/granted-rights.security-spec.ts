import { ClientsService } from '@tokenidp/clients';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import { builtInRights } from '../../libs/users/src/roles/built-in-roles';
import { CodeFlow } from '../support/code-flow';
import { createApi, createClient, createMachine } from '../support/fixtures';
import { type Answer, basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import type { PreparedRequest } from '../support/stock-client';

const PASSWORD = 'correct horse battery staple';
const ROLES = builtInRights('standard').roles;

let idp: TestIdp;
let tenant: Tenant;
let portal: CodeFlow;

beforeAll(async () => {
  idp = await startIdp();
  tenant = await idp.createTenant({ slug: 'acme' });
  portal = await portalOf(tenant);
});

afterAll(() => idp?.close());

async function portalOf(of: Tenant): Promise<CodeFlow> {
  const client = await idp.get(ClientsService).find(of.id, 'admin-web');
  return CodeFlow.of(of, { client: client!, secret: '' });
}

const permissionsOf = (role: string): string[] => ROLES.find(({ name }) => name === role)!.permissions.toSorted();

/** A user who holds these roles, at a browser. */
async function holderOf(roles: string[], at = tenant, username = `holder-of-${roles.join('-') || 'nothing'}`) {
  const user = await idp.get(UsersService).create(at, { username, password: PASSWORD, roles });
  return { user, browser: new HttpBrowser(), credentials: { username, password: PASSWORD } };
}

type Holder = Awaited<ReturnType<typeof holderOf>>;

/** Where the portal's sign-in ends, for the portal or for somebody who asks for more in its name. */
async function callbackAtPortal({ browser, credentials }: Holder, asked: PreparedRequest): Promise<URL> {
  const page = await browser.open(asked.url.href);
  const isAsked = [...page.forms.keys()].some((action) => action.endsWith('/login'));
  const after = isAsked ? await browser.submit(page, 'login', { ...credentials }) : page;
  return new URL(after.headers.get('location') ?? after.url);
}

interface Wishes {
  parameters?: Record<string, string>;
  form?: Record<string, string>;
  flow?: CodeFlow;
}

/** The token answer that the portal gets for somebody. */
async function answerFor(holder: Holder, { parameters, form, flow = portal }: Wishes = {}): Promise<Answer> {
  const redirect_uri = `${flow.tenant.issuer}/admin/callback`;
  const asked = await flow.request({ redirect_uri, scope: 'openid admin', ...parameters });
  const callback = await callbackAtPortal(holder, asked);
  const code = callback.searchParams.get('code') ?? '';
  return flow.redeem({ ...asked, callback, code }, { redirect_uri, ...form });
}

/** What the portal's token says that its holder may do. */
async function rightsOf(holder: Holder, wishes?: Wishes): Promise<unknown> {
  const { json } = await answerFor(holder, wishes);
  const { aud, permissions } = decodeJwt(String(json?.access_token));
  const api = `${(wishes?.flow ?? portal).tenant.issuer}/admin/api`;
  expect([aud].flat()).toContain(api);
  return (permissions as string[]).toSorted();
}

describe('S-178 S-179 a token for the administration', () => {
  it.each(ROLES.map(({ name, permissions }) => [name, permissions.toSorted()] as const))(
    'of a holder of the role %s has the permissions of the role, and none besides',
    async (role, permissions) => {
      expect(await rightsOf(await holderOf([role]))).toEqual(permissions);
    },
  );

  it('of somebody without a role has none', async () => {
    expect(await rightsOf(await holderOf([]))).toEqual([]);
  });

  it('has what several roles have together, and loses at once what is taken away', async () => {
    const holder = await holderOf(['user-manager', 'application-manager']);
    const both = [...new Set([...permissionsOf('user-manager'), ...permissionsOf('application-manager')])].sort();
    expect(await rightsOf(holder)).toEqual(both);
    await idp.get(UsersService).unassignRole(tenant, holder.user.id, 'user-manager');
    expect(await rightsOf(holder)).toEqual(permissionsOf('application-manager'));
    await idp.get(UsersService).unassignRole(tenant, holder.user.id, 'application-manager');
    expect(await rightsOf(holder)).toEqual([]);
  });

  describe('is not widened', () => {
    let auditor: Holder;
    const asked = 'permissions roles groups is_admin tenants.administer users.impersonate keys.revoke owner operator';

    beforeAll(async () => {
      auditor = await holderOf(['auditor'], tenant, 'the-auditor');
    });

    it('by scopes that are called like permissions and roles', async () => {
      for (const scope of asked.split(' ')) {
        const request = await portal.request({
          redirect_uri: `${tenant.issuer}/admin/callback`,
          scope: `openid admin ${scope}`,
        });
        const callback = await callbackAtPortal(auditor, request);
        expect([scope, callback.searchParams.get('error')]).toEqual([scope, 'invalid_scope']);
      }
    });

    it('by parameters of the requests', async () => {
      const more = Object.fromEntries(asked.split(' ').map((name) => [name, 'clients.write tenants.administer']));
      expect(
        await rightsOf(auditor, { parameters: more, form: { ...more, scope: 'admin tenants.administer' } }),
      ).toEqual(permissionsOf('auditor'));
    });

    it('by the claims parameter, nor are rights told to whom they are not for', async () => {
      const wish = Object.fromEntries(asked.split(' ').map((name) => [name, { essential: true, value: 'owner' }]));
      const claims = JSON.stringify({ id_token: wish, userinfo: wish });
      const { json } = await answerFor(auditor, { parameters: { claims } });
      const { access_token, id_token } = json as Record<string, string>;
      expect((decodeJwt(access_token!).permissions as string[]).toSorted()).toEqual(permissionsOf('auditor'));
      const userinfo = await send(`${tenant.issuer}/userinfo`, {
        headers: { authorization: `Bearer ${access_token}` },
      });
      expect(userinfo.status).toBe(200);
      for (const name of asked.split(' ')) {
        expect(decodeJwt(id_token!)).not.toHaveProperty([name]);
        expect(userinfo.json).not.toHaveProperty([name]);
      }
    });
  });

  it('is not to be had by an app that was not given the scope, nor by a machine', async () => {
    const app = await createClient(idp, tenant, { consent: 'implicit' });
    const machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [app.client, machine.client], { includePermissions: true });
    const { browser, credentials } = await holderOf(['owner'], tenant, 'the-owner');
    const flow = await CodeFlow.of(tenant, app);
    const wishes: Record<string, string>[] = [{ scope: 'openid admin' }, { resource: `${tenant.issuer}/admin/api` }];
    for (const parameters of wishes) {
      await expect(flow.code(browser, { credentials, parameters })).rejects.toThrow(/error=invalid_(scope|target)/);
    }
    const ask = (form: Record<string, string>): Promise<Answer> =>
      postForm(
        `${tenant.issuer}/token`,
        { grant_type: 'client_credentials', ...form },
        basic(machine.client.client_id, machine.secret),
      );
    expect((await ask({ scope: 'admin' })).json?.error).toBe('invalid_scope');
    expect((await ask({ resource: `${tenant.issuer}/admin/api` })).json?.error).toBe('invalid_target');
    const { json } = await ask({ permissions: 'clients.write', roles: 'owner' });
    expect(decodeJwt(String(json?.access_token)).permissions).toEqual([]);
  });
});

describe('S-178 the rights over all tenants', () => {
  it('exist in the system tenant alone, and cannot be given elsewhere', async () => {
    for (const { permissions } of ROLES) expect(permissions.filter((key) => /^(tenants|jobs)\./.test(key))).toEqual([]);
    await expect(holderOf(['operator'])).rejects.toThrow('There is no role "operator".');
    const system = (await idp.get(TenantsService).findSystem())!;
    const operator = await holderOf(['operator'], system);
    const flow = await portalOf(system);
    expect(await rightsOf(operator, { flow })).toContain('tenants.administer');
  });

  it('are not inherited by who is called the same in another tenant', async () => {
    const system = (await idp.get(TenantsService).findSystem())!;
    await holderOf(['owner', 'operator'], system, 'grace');
    const namesake = await holderOf([], tenant, 'grace');
    expect(await rightsOf(namesake)).toEqual([]);
  });
});

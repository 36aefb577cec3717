import { builtInRights } from '@tokenidp/users';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { AdminApi, adminApi, type AdminAnswer } from '../support/admin';
import { CodeFlow } from '../support/code-flow';
import { createApi, createClient, createMachine, createUser } from '../support/fixtures';
import { basic, postForm } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { OPERATIONS, type Operation, pathWith } from '../support/openapi';

const NOBODY = '01990000-0000-7000-8000-000000000000';
const PLACES = ['standard', 'system'] as const;

/** What only the holder of a permission gets to hear: anything but a refusal for want of it. */
function refusedFor({ status, body }: AdminAnswer, permission: string): boolean {
  return status === 403 && body.detail === `The permission ${permission} is missing.`;
}

describe('S-177 ASVS V8.2.1 every operation of the administration API × everybody who may come', () => {
  let idp: TestIdp;
  const tenants: Record<string, Tenant> = {};
  /** place, then role */
  const administrators: Record<string, Map<string, AdminApi>> = {};
  /** who is never let in, by what they come with */
  let strangers: [who: string, token: string | undefined][];
  let operator: AdminApi;
  let cases = 0;

  beforeAll(async () => {
    idp = await startIdp();
    tenants.standard = await idp.createTenant({ slug: 'acme' });
    tenants.system = (await idp.get(TenantsService).findSystem())!;
    for (const place of PLACES) {
      const roles = builtInRights(place).roles.map(({ name }) => name);
      administrators[place] = new Map();
      for (const role of roles) administrators[place].set(role, await adminApi(idp, tenants[place]!, [role]));
    }
    operator = new AdminApi(tenants.standard, administrators.system!.get('operator')!.token);
    strangers = await strangersOf(tenants.standard);
  });

  afterAll(async () => {
    await idp?.close();
    process.stdout.write(`S-177: ${OPERATIONS.length} operations, ${cases} cases\n`);
  });

  async function strangersOf(tenant: Tenant): Promise<[string, string | undefined][]> {
    const other = await adminApi(idp, await idp.createTenant({ slug: 'other' }), ['owner']);
    const app = await createClient(idp, tenant);
    const machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [app.client, machine.client]);
    const { credentials } = await createUser(idp, tenant);
    const flow = await CodeFlow.of(tenant, app);
    const { access_token: ofUser } = await flow.tokens(await flow.code(new HttpBrowser(), { credentials }));
    const form = { grant_type: 'client_credentials', scope: 'api.read' };
    const { id, secret } = { id: machine.client.client_id, secret: machine.secret };
    const ofMachine = await postForm(`${tenant.issuer}/token`, Object.entries(form), basic(id, secret));
    return [
      ['no token', undefined],
      ['an ordinary user', ofUser],
      ['a machine of another API', String(ofMachine.json?.access_token)],
      ['the owner of another tenant', other.token],
      ['a token of one bit less', `${other.token.slice(0, -1)}x`],
    ];
  }

  const send = (api: AdminApi, operation: Operation): Promise<AdminAnswer> => {
    cases += 1;
    const body = operation.body === undefined ? undefined : [];
    return api.send(pathWith(operation, NOBODY), { method: operation.method, body });
  };

  it('each operation has a decision', () => {
    expect(OPERATIONS.filter(({ permission }) => permission === undefined)).toEqual([]);
    expect(OPERATIONS.length).toBeGreaterThan(4);
  });

  describe.each(OPERATIONS)('S-177 $method $path', (operation) => {
    it('S-180 opens to no stranger', async () => {
      for (const [who, token] of strangers) {
        const api = new AdminApi(tenants.standard!, token ?? '');
        const { status } = token === undefined ? await sendBare(operation) : await send(api, operation);
        expect([who, status]).toEqual([who, 401]);
      }
    });

    it.each(PLACES)('opens to whoever holds its permission at a %s tenant, and to nobody else', async (place) => {
      const { permission } = operation;
      for (const { name, permissions } of builtInRights(place).roles) {
        const answer = await send(administrators[place]!.get(name)!, operation);
        const isOpen = permission === null || permissions.some((held) => held === permission);
        expect([name, refusedFor(answer, permission ?? '')]).toEqual([name, !isOpen]);
        expect([name, answer.status === 401 || answer.status >= 500]).toEqual([name, false]);
      }
    });

    it('S-175 opens to an operator as far as tenants have the permission', async () => {
      const { permission } = operation;
      // What makes an operator is held wherever one acts.
      const abroad = [...builtInRights('standard').permissions.map(({ key }) => key), 'tenants.administer'];
      const ofTenants = abroad.some((key) => key === permission);
      const answer = await send(operator, operation);
      expect(refusedFor(answer, permission ?? '')).toBe(permission !== null && !ofTenants);
    });
  });

  async function sendBare(operation: Operation): Promise<{ status: number }> {
    cases += 1;
    const url = `${tenants.standard!.issuer}/admin/api/v1/${pathWith(operation, NOBODY)}`;
    return fetch(url, { method: operation.method });
  }

  it('S-179 opens to no token that has ended', async () => {
    const owner = administrators.standard!.get('owner')!;
    idp.clock.forward(3600);
    for (const operation of OPERATIONS) {
      const { status } = await send(owner, operation);
      expect([operation.operationId, status]).toEqual([operation.operationId, 401]);
    }
  });
});

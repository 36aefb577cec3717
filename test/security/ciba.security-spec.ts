import { Database } from '@tokenidp/database';
import { BackchannelRequests } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import type { Credentials } from '../support/browser';
import { CibaFlow, createAsker } from '../support/ciba-flow';
import { createApi, createUser } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const HINT = { login_hint: 'ada' };

describe('the backchannel under attack', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let flow: CibaFlow;

  beforeAll(async () => {
    idp = await startIdp();
    const limits = { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 };
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits } });
    ({ user, credentials } = await createUser(idp, tenant));
    flow = await CibaFlow.of(idp, tenant, await createAsker(idp, tenant));
    await createApi(idp, tenant, [flow.app.client]);
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  const begin = async (parameters: Record<string, string> = HINT): Promise<string> =>
    (await flow.begin(parameters)).auth_req_id;

  async function signedIn(who = credentials): Promise<HttpBrowser> {
    const browser = new HttpBrowser();
    const page = await browser.open(`${tenant.issuer}/requests`);
    await browser.submit(page, 'login', { ...who });
    return browser;
  }

  it('S-147 OWASP ASVS 5.0 §6.6.4 nobody is asked twenty times in a minute, whoever they are', async () => {
    const strict = await idp.createTenant({ slug: 'strict' });
    await createUser(idp, strict);
    const there = await CibaFlow.of(idp, strict, await createAsker(idp, strict));
    for (const login_hint of ['ada', 'nobody']) {
      const statuses: number[] = [];
      for (let n = 0; n < 20; n += 1) statuses.push((await there.ask({ login_hint })).status);
      expect(statuses).toEqual([...Array<number>(3).fill(200), ...Array<number>(17).fill(429)]);
    }
    for (let hour = 0; hour < 4; hour += 1) {
      idp.clock.forward(121);
      for (let n = 0; n < 3; n += 1) await there.ask(HINT);
    }
    idp.clock.forward(121);
    const refused = await there.ask(HINT);
    expect([refused.status, Number(refused.headers.get('retry-after')) > 600]).toEqual([429, true]);
  });

  it('S-159 CIBA Core §7.3 an auth_req_id has 256 random bits, is stored as a hash, and is one client’s alone', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => begin()));
    expect(new Set(ids.map((id) => id.slice(4, 47))).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._-]{40,}$/);
    const { dataSource } = idp.get(Database);
    for (const table of ['backchannel_request', 'audit_event', 'outbox']) {
      expect(JSON.stringify(await dataSource.query(`SELECT * FROM "${table}"`))).not.toContain(ids[0]);
    }
    const thief = await CibaFlow.of(idp, tenant, await createAsker(idp, tenant));
    await flow.decide(ids[0]!);
    expect(await thief.errorOf(ids[0]!)).toBe('400 invalid_grant');
    expect((await flow.poll(ids[0]!)).status).toBe(200);
    expect(await flow.errorOf(ids[0]!)).toBe('400 invalid_grant');
  });

  it('S-136 S-160 CIBA Core §13 a user that nobody knows looks like one who does not answer', async () => {
    const shapes = await Promise.all(
      ['ada', 'nobody', 'no.such@example.com'].map(async (login_hint) => {
        const { status, json, headers } = await flow.ask({ login_hint });
        const names = [...headers.keys()].filter((name) => name !== 'date').sort();
        const id = String(json?.auth_req_id);
        const polled = [await flow.errorOf(id), await flow.errorOf(id)];
        return { status, members: Object.keys(json!), length: id.length, names, polled };
      }),
    );
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[2]).toEqual(shapes[0]);
    const unknown = await begin({ login_hint: 'nobody' });
    expect(await flow.decide(unknown)).toBe(false);
    idp.clock.forward(121);
    expect(await flow.errorOf(unknown)).toBe('400 expired_token');
  });

  it.each(['\u202eevil', 'a\u200bb', ' a', 'a  b', 'x'.repeat(65), 'a\u2028b', '\u0007'])(
    'S-161 CIBA Core §7.1 a binding_message such as %j is refused',
    async (binding_message) => {
      const { status, json } = await flow.ask({ ...HINT, binding_message });
      expect(status).toBe(400);
      expect(['invalid_binding_message', 'invalid_request']).toContain(json?.error);
    },
  );

  it('S-161 the user sees who asks, what for, and the message, and their answer counts once', async () => {
    const id = await begin({ ...HINT, scope: 'openid email api.read', binding_message: 'Nr. 4711 <b>' });
    const browser = await signedIn();
    const page = await browser.open(`${tenant.issuer}/requests`);
    for (const text of ['Call centre', 'Nr. 4711 &lt;b>', 'See your e-mail address', 'Read everything.']) {
      expect(page.body).toContain(text);
    }
    const [action] = [...page.forms.keys()];
    const step = action!.slice(action!.lastIndexOf('/') + 1);
    const allowed = await browser.submit(page, step, { decision: 'allow' });
    expect(allowed.headers.get('location')).toMatch(/\/requests\/allowed$/);
    const again = await browser.submit(page, step, { decision: 'deny' });
    expect(again.headers.get('location')).toMatch(/\/requests\/over$/);
    expect((await flow.poll(id)).status).toBe(200);
  });

  it('S-124 S-157 an answer counts only from the user who was asked, and from the page that showed it', async () => {
    const bob = await createUser(idp, tenant, { username: 'bob' });
    const id = await begin();
    const [ada, other] = [await signedIn(), await signedIn(bob.credentials)];
    const page = await ada.open(`${tenant.issuer}/requests`);
    const rowId = (await idp.get(BackchannelRequests).findByAuthReqId(tenant, id))!;
    const url = `${tenant.issuer}/requests/${rowId}`;
    const csrf = page.forms.get(new URL(url).pathname)!.csrf!;
    expect((await ada.post(url, { decision: 'allow' })).status).toBe(403);
    expect((await ada.post(url, { decision: 'allow', csrf }, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await other.post(url, { decision: 'allow', csrf })).status).toBe(403);
    const [stranger, login] = [new HttpBrowser(), `${tenant.issuer}/requests`];
    const own = [...(await stranger.open(login)).forms.values()][0]!;
    await stranger.post(`${login}/login`, { ...own, ...bob.credentials });
    const notHis = await stranger.post(url, { decision: 'allow', ...own });
    expect(notHis.headers.get('location')).toMatch(/\/requests\/over$/);
    const ofBob = await other.open(`${tenant.issuer}/requests`);
    expect(ofBob.body).toContain('Nothing waits for you');
    const session = await new HttpBrowser().post(url, { decision: 'allow', csrf });
    expect(session.status).toBe(200);
    expect(session.body).toContain('login-submit');
    expect(await flow.errorOf(id)).toBe('400 authorization_pending');
  });

  it('S-157 S-163 an administrator answers for the users of their own tenant alone, and the audit trail says who it was', async () => {
    const requests = idp.get(BackchannelRequests);
    const other = await idp.createTenant({ slug: 'globex' });
    const context = { requestId: 'test', ip: '127.0.0.1', userAgent: 'test' };
    const actor = { type: 'user', id: '01900000-0000-7000-8000-00000000ad31' } as const;
    const auth_req_id = await begin();
    const id = (await requests.findByAuthReqId(tenant, auth_req_id))!;
    const answer = { id, decision: 'allow', session: null, actor, context } as const;
    expect(await requests.findByAuthReqId(other, auth_req_id)).toBeNull();
    expect(await requests.decide(other, answer)).toBe(false);
    expect(await requests.decide(tenant, { ...answer, id: 'x' })).toBe(false);
    expect(await requests.decide(tenant, { ...answer, id: actor.id })).toBe(false);
    expect(await flow.errorOf(auth_req_id)).toBe('400 authorization_pending');
    expect(await requests.decide(tenant, answer)).toBe(true);
    expect(await requests.decide(tenant, { ...answer, decision: 'deny' })).toBe(false);
    const { json } = await flow.poll(auth_req_id);
    const claims = JSON.parse(Buffer.from(String(json?.id_token).split('.')[1]!, 'base64url').toString()) as object;
    expect(claims).toMatchObject({ sub: user.id, acr: expect.any(String) });
    expect(claims).not.toHaveProperty('amr');
    const { dataSource } = idp.get(Database);
    const events: { event: string }[] = await dataSource.query(
      `SELECT event FROM audit_event WHERE "tenantId" = '${tenant.id}' AND "actorId" = '${actor.id}' ORDER BY event`,
    );
    expect(events.map(({ event }) => event)).toEqual(['authorization.granted', 'backchannel-request.approved']);
  });

  it('S-162 CIBA Core §11 who asks too often has to wait longer each time', async () => {
    idp.clock.hold();
    const id = await begin();
    const errors = [];
    for (const seconds of [0, 4, 9, 15]) {
      idp.clock.forward(seconds);
      errors.push(await flow.errorOf(id));
    }
    const [pending, slow] = ['400 authorization_pending', '400 slow_down'];
    expect(errors).toEqual([pending, slow, slow, pending]);
  });

  it('S-063 CIBA Core §7.1 no scope beyond what was assigned', async () => {
    expect((await flow.ask({ ...HINT, scope: 'openid tenants.write' })).json?.error).toBe('invalid_scope');
  });

  it('S-163 a user who is disabled is not asked, cannot answer, and what they allowed is gone', async () => {
    const eve = await createUser(idp, tenant, { username: 'eve' });
    const users = idp.get(UsersService);
    const [open, allowed] = [await begin({ login_hint: 'eve' }), await begin({ login_hint: 'eve' })];
    await flow.decide(allowed);
    await users.disable(tenant, eve.user.id);
    expect(await flow.decide(open)).toBe(false);
    expect(await flow.errorOf(open)).toBe('400 authorization_pending');
    expect(await flow.errorOf(allowed)).toBe('400 invalid_grant');
    const late = await begin({ login_hint: 'eve' });
    await users.enable(tenant, eve.user.id);
    expect(await flow.decide(late)).toBe(false);
    expect(user.status).toBe('active');
  });
});

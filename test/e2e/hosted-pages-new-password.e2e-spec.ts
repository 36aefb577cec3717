import type { Tenant } from '@tokenidp/tenancy';
import { type AdminApi, adminApi } from '../support/admin';
import type { Credentials } from '../support/browser';
import { CibaFlow, createAsker } from '../support/ciba-flow';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { createClient, createUser } from '../support/fixtures';
import { HttpBrowser, type HttpPage } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

const NEW = 'nine green lanterns swing';
const typed = ({ password }: Credentials, changes: Record<string, string> = {}) => ({
  ...{ password, newPassword: NEW, newPasswordAgain: NEW, ...changes },
});

describe('a password that has to be changed', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let api: AdminApi;
  let flow: CodeFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    api = await adminApi(idp, tenant);
    flow = await CodeFlow.of(tenant, await createClient(idp, tenant));
  });

  afterAll(() => idp?.close());

  async function person(username: string) {
    const { user, credentials } = await createUser(idp, tenant, { username });
    return { id: user.id, path: `users/${user.id}`, credentials };
  }

  const begin = async (browser: HttpBrowser, parameters: Record<string, string> = {}): Promise<string> =>
    (await flow.request(parameters)).url.href;

  const expire = (path: string) => api.post(`${path}/password/expire`, undefined);
  const events = async (id: string, event: string) =>
    (await api.get(`audit-events?targetId=${id}&event=${event}`)).body.items;
  const next = async (browser: HttpBrowser, page: HttpPage): Promise<URL> => {
    expect(page.status).toBe(303);
    return callbackOf(await passThrough(browser, new URL(page.headers.get('location')!, page.url)));
  };

  it('S-076 is asked for at the sign-in, before the application gets an answer, and once', async () => {
    const { id, path, credentials } = await person('ada');
    const set = await expire(path);
    expect([set.status, set.body.passwordChangeRequired]).toEqual([200, true]);
    const [expired] = await events(id, 'password.expired');
    expect([expired.actor.type, expired.result]).toEqual(['client', 'success']);
    const browser = new HttpBrowser();
    const page = await passThrough(browser, await begin(browser), credentials);
    expect([page.status, page.body.includes('id="new-password-submit"')]).toEqual([200, true]);
    const silent = callbackOf(await browser.open(await begin(browser, { prompt: 'none' })));
    expect(silent.searchParams.get('error')).toBe('interaction_required');
    const [, old] = [...browser.jar].find(([name]) => name.includes('sid'))!;
    const answer = await next(browser, await browser.submit(page, 'password', typed(credentials)));
    expect(answer.searchParams.get('code')).toBeTruthy();
    expect([...browser.jar.values()]).not.toContain(old);
    const shown = await api.get(path);
    expect(shown.body.passwordChangeRequired).toBe(false);
    const [changed] = await events(id, 'password.changed');
    expect([changed.actor, changed.detail]).toMatchObject([{ type: 'user', id }, { required: true }]);
    const again = new HttpBrowser();
    const fresh = await passThrough(again, await begin(again), { ...credentials, password: NEW });
    expect(callbackOf(fresh).searchParams.get('code')).toBeTruthy();
  });

  it('S-130 NIST SP 800-63B-4 §3.1.1.2 refuses a wrong old one, the same one, and what the policy refuses', async () => {
    const { path, id, credentials } = await person('grace');
    await expire(path);
    const browser = new HttpBrowser();
    const page = await passThrough(browser, await begin(browser), credentials);
    const attempt = async (changes: Record<string, string>, field: string): Promise<string> => {
      const again = await browser.submit(page, 'password', typed(credentials, changes));
      expect(again.status).toBe(400);
      return new RegExp(`id="${field}-error".*?<span>(.*?)</span>`, 's').exec(again.body)?.[1] ?? again.body;
    };
    const both = (value: string) => ({ newPassword: value, newPasswordAgain: value });
    expect(await attempt({ password: '' }, 'password')).toContain('Enter your current');
    expect(await attempt({ password: 'quite another long one' }, 'password')).toContain('not your current');
    expect(await attempt(both(''), 'newPassword')).toContain('Enter a password');
    expect(await attempt({ newPasswordAgain: 'x' }, 'newPasswordAgain')).toContain('not the same');
    expect(await attempt(both('too short'), 'newPassword')).toContain('at least 15');
    expect(await attempt(both(credentials.password), 'newPassword')).toContain('your current password');
    expect((await browser.post(`${page.url}/password`, typed(credentials))).status).toBe(403);
    expect((await api.get(path)).body.passwordChangeRequired).toBe(true);
    const [failed] = await events(id, 'password.changed');
    expect([failed.result, failed.detail]).toEqual(['failure', { reason: 'refused' }]);
    expect(JSON.stringify(failed)).not.toContain('quite another');
  });

  it('a temporary password is one; a lasting one, or none at all, takes the demand away', async () => {
    const { path, credentials } = await person('joan');
    const set = (body: object) => api.send(`${path}/password`, { method: 'PUT', body });
    const isRequired = async () => (await api.get(path)).body.passwordChangeRequired;
    expect((await set({ password: NEW, temporary: 'yes' })).status).toBe(400);
    expect((await set({ password: NEW, temporary: true })).status).toBe(204);
    expect(await isRequired()).toBe(true);
    const browser = new HttpBrowser();
    const page = await passThrough(browser, await begin(browser), { ...credentials, password: NEW });
    // What another administrator sets meanwhile is not overwritten by whoever still knows the old one.
    expect((await set({ password: `${NEW} twice`, temporary: true })).status).toBe(204);
    const late = await browser.submit(page, 'password', typed({ ...credentials, password: NEW }, { newPassword: 'x' }));
    expect(new URL(late.headers.get('location')!, late.url).pathname).toContain('/interaction/');
    expect(await isRequired()).toBe(true);
    expect((await set({ password: NEW })).status).toBe(204);
    expect(await isRequired()).toBe(false);
    expect((await expire(path)).body.passwordChangeRequired).toBe(true);
    const [password] = (await api.get(`${path}/credentials`)).body.items;
    expect((await api.delete(`${path}/credentials/${password.id}`, {})).status).toBe(204);
    expect(await isRequired()).toBe(false);
    expect((await expire(path)).status).toBe(409);
  });

  it('a user may begin with one, and lists and exports show it', async () => {
    const made = await api.post('users', { username: 'mary', password: NEW, passwordChangeRequired: true });
    expect([made.status, made.body.passwordChangeRequired]).toEqual([201, true]);
    const bad = await api.post('users', { username: 'nina', passwordChangeRequired: true });
    expect([bad.status, bad.body.errors[0].pointer]).toEqual([400, '/passwordChangeRequired']);
    const [listed] = (await api.get('users?search=mary')).body.items;
    expect(listed.passwordChangeRequired).toBe(true);
    const csv = (await api.get('users/export?format=csv&search=mary')).text.split('\r\n');
    const column = csv[0]!.split(',').indexOf('passwordChangeRequired');
    expect(csv[1]!.split(',')[column]).toBe('true');
    const line = JSON.parse((await api.get('users/export?search=mary')).text);
    expect([line.passwordChangeRequired, 'passwordExpiredAt' in line]).toEqual([true, false]);
  });

  it('S-178 nobody asks it of somebody who holds more', async () => {
    const manager = await adminApi(idp, tenant, ['user-manager']);
    const auditor = await adminApi(idp, tenant, ['auditor']);
    const { path } = await person('owner');
    await api.send(`${path}/roles/owner`, { method: 'PUT' });
    expect((await manager.post(`${path}/password/expire`, undefined)).status).toBe(403);
    expect((await auditor.post(`${path}/password/expire`, undefined)).status).toBe(403);
  });

  it('CIBA Core §10 S-161 nobody answers for themselves before', async () => {
    const ciba = await CibaFlow.of(idp, tenant, await createAsker(idp, tenant));
    const { path, credentials } = await person('lena');
    const { auth_req_id } = await ciba.begin({ login_hint: 'lena' });
    const browser = new HttpBrowser();
    const url = `${tenant.issuer}/requests`;
    const waiting = await browser.submit(await browser.open(url), 'login', { ...credentials });
    const list = await browser.open(new URL(waiting.headers.get('location')!, url).href);
    const [decide] = [...list.forms.keys()].filter((action) => /requests\/[0-9a-f-]{36}$/.test(action));
    await expire(path);
    const stopped = await browser.submit(list, decide!.slice(decide!.lastIndexOf('/') + 1), { decision: 'allow' });
    expect(stopped.body).toContain('id="new-password-submit"');
    expect((await ciba.poll(auth_req_id)).json?.error).toBe('authorization_pending');
    const wrong = await browser.submit(stopped, 'password', typed(credentials, { newPasswordAgain: 'x' }));
    expect(wrong.status).toBe(400);
    const changed = await browser.submit(stopped, 'password', typed(credentials));
    expect(changed.status).toBe(303);
    expect((await browser.open(url)).body).toContain('name="decision"');
  });
});

import { PROBLEMS } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { RolesService } from '@tokenidp/users';
import type { Browser, Page } from 'playwright-core';
import { type Credentials, launchBrowser } from '../support/browser';
import { createUser } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';

describe('the page of the administration API', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;
  let browser: Browser;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    const made = await createUser(idp, tenant);
    credentials = made.credentials;
    await idp.get(RolesService).assign(tenant, { type: 'user', id: made.user.id }, 'owner');
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await idp?.close();
  });

  /** Authorize on the page, sign in in the window that opens, and back: nothing but the sign-in is typed. */
  async function authorize(page: Page): Promise<void> {
    await page.locator('.auth-wrapper .authorize').first().click();
    const opened = page.waitForEvent('popup');
    await page.locator('.modal-ux button.authorize').click();
    const popup = await opened;
    await popup.locator('input[name=username]').fill(credentials.username);
    await popup.locator('input[name=password]').fill(credentials.password);
    await popup.locator('button[type=submit]').first().click();
    await page.locator('.modal-ux button', { hasText: 'Logout' }).waitFor();
    await page.locator('.modal-ux button.btn-done').click();
  }

  /** Tries an operation out: opens it, fills what it needs, and reads the status of the answer. */
  async function call(page: Page, operation: string, fill: Record<string, string> = {}): Promise<string> {
    const block = page.locator(`#operations-${operation}`);
    await block.locator('.opblock-summary-control').click();
    await block.locator('.try-out__btn').click();
    for (const [name, value] of Object.entries(fill)) {
      const input = name === 'body' ? block.locator('textarea') : block.locator(`tr[data-param-name="${name}"] input`);
      await input.first().fill(value);
    }
    await block.locator('.execute').click();
    return (await block.locator('.live-responses-table .response .response-col_status').first().innerText()).trim();
  }

  it('signs in at the first click and calls five operations', async () => {
    const page = await (await browser.newContext()).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(`${tenant.issuer}/docs`);
    await page.locator('#operations-tag-APIs').click();
    await page.locator('#operations-APIs-resources_list').waitFor();
    await authorize(page);
    const body = JSON.stringify({ identifier: 'https://api.example/swagger', name: 'Swagger' });
    expect(await call(page, 'APIs-resources_list')).toBe('200');
    expect(await call(page, 'APIs-resources_create', { body })).toBe('201');
    const shown = page.locator('#operations-APIs-resources_create .live-responses-table');
    const [, id] = /"id": "([0-9a-f-]{36})"/.exec(await shown.innerText())!;
    const [, etag] = /etag: ("[^"]+")/.exec(await shown.innerText())!;
    expect(await call(page, 'APIs-resources_get', { id: id! })).toBe('200');
    const change = { id: id!, 'If-Match': etag!, body: '{"name":"Changed"}' };
    expect(await call(page, 'APIs-resources_update', change)).toBe('200');
    expect(await call(page, 'APIs-resources_delete', { id: id!, 'If-Match': '*' })).toBe('204');
    expect(complaints).toEqual([]);
  });

  it('is made for the tenant that serves it, and says so to caches', async () => {
    const answer = await fetch(`${tenant.issuer}/docs/openapi.json`);
    const document = (await answer.json()) as { openapi: string; servers: { url: string }[] };
    expect([document.openapi, document.servers[0]!.url]).toEqual(['3.1.0', tenant.issuer]);
    const again = await fetch(`${tenant.issuer}/docs/openapi.json`, {
      headers: { 'if-none-match': answer.headers.get('etag')! },
    });
    expect(again.status).toBe(304);
  });

  it('RFC 9457 §3.1.1 the type of a problem leads to what explains it', async () => {
    const refused = await fetch(`${tenant.issuer}/admin/api/v1/users`);
    const { type } = (await refused.json()) as { type: string };
    for (const address of [type, ...Object.keys(PROBLEMS).map((slug) => `/problems/${slug}`)]) {
      const page = await fetch(new URL(address, refused.url));
      expect([address, page.status, await page.text()]).toEqual([address, 200, expect.stringContaining('What to do.')]);
    }
  });
});

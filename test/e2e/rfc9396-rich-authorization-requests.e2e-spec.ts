import { type AuthorizationDetailsType, ClientsService, type Resource, ResourcesService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { createApi, createClient, createMachine, createUser } from '../support/fixtures';
import { send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { refusalOf, relyingParty, type Tokens } from '../support/stock-client';

const BANK = 'https://bank.example/';
const VAULT = 'https://vault.example/';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const PAYMENT: AuthorizationDetailsType = {
  type: 'payment_initiation',
  displayName: 'Pay once',
  description: 'Sends money from your account.',
  members: {
    actions: { kind: 'texts', values: ['initiate', 'status'] },
    amount: { kind: 'object', required: true, displayName: 'Amount' },
    creditor: { kind: 'text', required: true, displayName: 'To' },
  },
};
const payment = {
  type: 'payment_initiation',
  actions: ['initiate', 'status'],
  amount: { currency: 'EUR', value: '123.50' },
  creditor: 'Merchant A',
};
const less = { ...payment, actions: ['status'] };

describe('RFC 9396 rich authorization requests', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let bank: Resource;
  let credentials: Credentials;
  let app: CodeFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ credentials } = await createUser(idp, tenant));
    const client = await createClient(idp, tenant, {
      authorization_details_types: ['payment_initiation', 'open_vault'],
      refresh: { rotate: false, always: true },
      grant_types: ['authorization_code', 'refresh_token', EXCHANGE],
    });
    bank = await createApi(idp, tenant, [client.client], {
      ...{ identifier: BANK, name: 'Bank', authorizationDetailsTypes: [PAYMENT] },
    });
    const vault = { type: 'open_vault', displayName: 'Open <the> vault', description: '', members: {} };
    const opaque = { tokenFormat: 'opaque', authorizationDetailsTypes: [vault] } as const;
    await createApi(idp, tenant, [client.client], { identifier: VAULT, name: 'Vault', ...opaque });
    app = await CodeFlow.of(tenant, client);
  });

  afterAll(() => idp?.close());

  const asking = (...details: object[]) => ({ authorization_details: JSON.stringify(details) });
  async function tokens(parameters: Record<string, string>, form: Record<string, string> = {}): Promise<Tokens> {
    const given = await app.code(new HttpBrowser(), { credentials, parameters: { prompt: 'consent', ...parameters } });
    return openid.authorizationCodeGrant(app.config, given.callback, given.checks, form);
  }

  /** What the authorization endpoint answers at once: the client is sent back. */
  async function errorOf(parameters: Record<string, string>): Promise<string | null> {
    const { url } = await app.request(parameters);
    const answer = await send(url);
    return new URL(answer.headers.get('location')!).searchParams.get('error');
  }

  it('§10 the metadata names the types of the tenant, as soon as there are others', async () => {
    const supported = async () =>
      (await send(`${tenant.issuer}/.well-known/openid-configuration`)).json!.authorization_details_types_supported;
    expect(await supported()).toEqual(['open_vault', 'payment_initiation']);
    const resources = idp.get(ResourcesService);
    const more = { ...PAYMENT, type: 'account_information' };
    await resources.update(tenant, bank.id, { authorizationDetailsTypes: [PAYMENT, more] });
    const deadline = Date.now() + 5000;
    while (Date.now() < deadline && JSON.stringify(await supported()).includes('account') === false) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await supported()).toEqual(['account_information', 'open_vault', 'payment_initiation']);
    await resources.update(tenant, bank.id, { authorizationDetailsTypes: [PAYMENT] });
  });

  describe('§7, §9 what was granted', () => {
    it('RFC 9396 §7, §9.1 is in the answer, in the access token and at introspection', async () => {
      const answer = await tokens({ scope: 'openid', ...asking(payment) });
      expect(answer.authorization_details).toEqual([payment]);
      const claims = decodeJwt(answer.access_token);
      expect(claims).toMatchObject({ aud: [BANK, tenant.issuer], authorization_details: [payment] });
      const described = await openid.tokenIntrospection(app.config, answer.access_token);
      expect(described).toMatchObject({ active: true, authorization_details: [payment] });
    });

    it('is kept with an opaque token, too', async () => {
      const answer = await tokens({ scope: 'openid', ...asking({ type: 'open_vault' }) });
      expect(answer.access_token).toMatch(/^tat_/);
      const described = await openid.tokenIntrospection(app.config, answer.access_token);
      expect(described).toMatchObject({ authorization_details: [{ type: 'open_vault' }] });
    });

    it('is nothing where nothing was asked for', async () => {
      const answer = await tokens({ scope: 'openid api.read', resource: BANK });
      expect(answer).not.toHaveProperty('authorization_details');
      expect(decodeJwt(answer.access_token)).not.toHaveProperty('authorization_details');
    });
  });

  describe('§6 a token request', () => {
    it('RFC 9396 §6.1, §7 gets less at the code', async () => {
      const answer = await tokens({ scope: 'openid', ...asking(payment) }, asking(less));
      expect(decodeJwt(answer.access_token).authorization_details).toEqual([less]);
    });

    it('gets less at the refresh, and all of it again at the next one', async () => {
      const { refresh_token } = await tokens({ scope: 'openid', ...asking(payment) });
      const refreshed = await openid.refreshTokenGrant(app.config, refresh_token!, asking(less));
      expect(decodeJwt(refreshed.access_token).authorization_details).toEqual([less]);
      const again = await openid.refreshTokenGrant(app.config, refresh_token!);
      expect(decodeJwt(again.access_token).authorization_details).toEqual([payment]);
    });

    it.each([
      ['more', { ...payment, actions: ['initiate', 'cancel'] }],
      ['something else', { ...payment, creditor: 'Mallory' }],
      ['another type', { type: 'open_vault' }],
    ])('§6.1 S-073 is refused when it asks for %s', async (_name, asked) => {
      const { refresh_token } = await tokens({ scope: 'openid', ...asking(payment) });
      const refusal = await refusalOf(openid.refreshTokenGrant(app.config, refresh_token!, asking(asked)));
      expect(refusal).toEqual({ status: 400, error: 'invalid_authorization_details' });
      expect(await refusalOf(tokens({ scope: 'openid', ...asking(payment) }, asking(asked)))).toEqual(refusal);
    });
  });

  describe('§6 without a user in front', () => {
    it('RFC 9396 §6 a client has its own, at an API that is assigned to it', async () => {
      const machine = await createMachine(idp, tenant, { authorization_details_types: ['payment_initiation'] });
      await idp.get(ClientsService).assign(tenant, machine.client.id, bank.id, {
        ...{ userScopes: [], clientScopes: ['api.read'] },
      });
      const config = await relyingParty(tenant, machine);
      const answer = await openid.clientCredentialsGrant(config, asking(payment));
      expect(answer.authorization_details).toEqual([payment]);
      expect(decodeJwt(answer.access_token)).toMatchObject({ aud: BANK, authorization_details: [payment] });
      for (const details of [{ type: 'open_vault' }, { ...payment, memo: 'x' }]) {
        const refusal = await refusalOf(openid.clientCredentialsGrant(config, asking(details)));
        expect(refusal).toEqual({ status: 400, error: 'invalid_authorization_details' });
      }
    });

    it('RFC 9396 §6.1 S-063 an exchange keeps them, or less, and never gets more', async () => {
      const { access_token: subject_token } = await tokens({ scope: 'openid', ...asking(payment) });
      const subject_token_type = 'urn:ietf:params:oauth:token-type:access_token';
      const exchange = (details: Record<string, string>) =>
        openid.genericGrantRequest(app.config, EXCHANGE, { subject_token, subject_token_type, ...details });
      expect(decodeJwt((await exchange({})).access_token).authorization_details).toEqual([payment]);
      const narrowed = await exchange(asking(less));
      expect(narrowed.authorization_details).toEqual([less]);
      expect(decodeJwt(narrowed.access_token).authorization_details).toEqual([less]);
      const refusal = await refusalOf(exchange(asking({ ...payment, creditor: 'Mallory' })));
      expect(refusal).toEqual({ status: 400, error: 'invalid_authorization_details' });
    });

    it('RFC 9396 §9.2 introspection of a refresh token tells them; the audit trail names types and no values', async () => {
      const { refresh_token } = await tokens({ scope: 'openid', ...asking({ ...payment, creditor: 'Zoe' }) });
      const described = await openid.tokenIntrospection(app.config, refresh_token!);
      expect(described).toMatchObject({ active: true, authorization_details: [{ creditor: 'Zoe' }] });
      const events = await idp.database.dataSource.query<{ event: string; detail: object }[]>(
        `SELECT "event", "detail" FROM "audit_event" ORDER BY "occurredAt" DESC, "id" DESC`,
      );
      const granted = events.find(({ event }) => event === 'authorization.granted')!;
      expect(granted.detail).toMatchObject({ authorizationDetailsTypes: ['payment_initiation'] });
      expect(JSON.stringify(events)).not.toContain('Zoe');
    });
  });

  describe('S-118 §5 a request', () => {
    it.each([
      ['an unknown type', [{ type: 'unknown' }]],
      ['a type that the client has not registered', [{ type: 'account_information', amount: {}, creditor: 'x' }]],
      ['an unknown member', [{ ...payment, memo: 'x' }]],
      ['a missing member', [{ type: 'payment_initiation' }]],
      ['an unfit value', [{ ...payment, creditor: { name: 'x' } }]],
      ['no list', payment],
    ])('RFC 9396 §2.2 is refused for %s', async (_name, details) => {
      const parameters = { authorization_details: JSON.stringify(details) };
      expect(await errorOf(parameters)).toBe('invalid_authorization_details');
    });

    it('RFC 9396 §3.2 is refused for another resource than it names', async () => {
      const parameters = { ...asking(payment), resource: VAULT, scope: 'openid' };
      expect(await errorOf(parameters)).toBe('invalid_authorization_details');
    });

    it('is refused when it comes twice', async () => {
      const { url } = await app.request(asking(payment));
      url.searchParams.append('authorization_details', '[]');
      const answer = await send(url);
      expect(new URL(answer.headers.get('location')!).searchParams.get('error')).toBe('invalid_request');
    });
  });

  describe('S-118 §5 the consent', () => {
    /** Signed in; asked or not is what the test wants to know. */
    const shownTo = async (browser: HttpBrowser, details: object[]) => {
      const { url } = await app.request({ scope: 'openid', ...asking(...details), prompt: '' });
      const page = await browser.get(url.href);
      const location = page.headers.get('location')!;
      return location.includes('/interaction/') ? (await browser.get(location)).body : null;
    };

    it('RFC 9396 §13 shows every value in the words of the type, escaped, and asks again for another value alone', async () => {
      const own = { ...payment, creditor: '<b>Eve & Co</b>' };
      const browser = new HttpBrowser();
      await app.code(browser, { credentials, parameters: { scope: 'openid' } });
      const page = await shownTo(browser, [own]);
      for (const text of ['Bank', 'Pay once', 'Sends money', 'currency: EUR, value: 123.50', 'initiate, status']) {
        expect(page).toContain(text);
      }
      expect(page).toContain('&lt;b>Eve &amp; Co&lt;/b>');
      expect(page).not.toContain('<b>Eve');
      await app.code(browser, { parameters: { scope: 'openid', ...asking(own) } });
      expect(await shownTo(browser, [own])).toBeNull();
      expect(await shownTo(browser, [Object.fromEntries(Object.entries(own).reverse())])).toBeNull();
      const more = { ...own, amount: { currency: 'EUR', value: '999999' } };
      expect(await shownTo(browser, [more])).toContain('999999');
      expect(await shownTo(browser, [own, more])).toContain('999999');
    });

    it('S-152 what was shown is what is granted: another answer is asked again', async () => {
      const browser = new HttpBrowser();
      await app.code(browser, { credentials, parameters: { scope: 'openid' } });
      const form = (page: string) => /name="shown" value="([^"]+)"/.exec(page)?.[1];
      const first = form((await shownTo(browser, [{ ...payment, creditor: 'One' }]))!);
      const second = form((await shownTo(browser, [{ ...payment, creditor: 'Two' }]))!);
      expect(first).toBeDefined();
      expect(first).not.toBe(second);
    });
  });

  it('the client’s types are checked where they are set', async () => {
    const unfit = idp.get(ClientsService).create(tenant, { type: 'machine', authorization_details_types: 'payment' });
    await expect(unfit).rejects.toMatchObject({ member: 'authorization_details_types' });
  });
});

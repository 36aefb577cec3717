import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { createApi, createClient, createMachine, createUser } from '../support/fixtures';
import { basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, startSibling, type TestIdp } from '../support/idp';
import { refusalOf, relyingParty, type Tokens } from '../support/stock-client';
import { fetchAt } from '../support/wire';

const OFFLINE = { scope: 'openid offline_access', prompt: 'consent' };

describe('RFC 7009 §2 revocation', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let app: CodeFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ user, credentials } = await createUser(idp, tenant));
    app = await newApp();
  });

  afterAll(() => idp?.close());

  const newApp = async (metadata: Partial<NewClient> = {}) =>
    CodeFlow.of(tenant, await createClient(idp, tenant, metadata));

  async function offline(flow = app): Promise<Tokens> {
    return flow.tokens(await flow.code(new HttpBrowser(), { credentials, parameters: OFFLINE }));
  }

  const revoke = (token: string | undefined, parameters?: Record<string, string>, flow = app) =>
    openid.tokenRevocation(flow.config, token!, parameters);

  const userinfoOf = ({ access_token }: Tokens, flow = app) => openid.fetchUserInfo(flow.config, access_token, user.id);

  /** What the library would not send. */
  const byHand = (form: Record<string, string>, query = '') =>
    postForm(`${tenant.issuer}/revoke${query}`, form, basic(app.app.client.client_id, app.app.secret));

  describe('§2.1 what goes', () => {
    it('an access token alone: at userinfo at once, and the rest of what was granted stays', async () => {
      const first = await offline();
      await userinfoOf(first);
      await revoke(first.access_token);
      await expect(userinfoOf(first)).rejects.toMatchObject({ status: 401 });
      expect(await app.isActive(first.access_token)).toBe(false);
      const second = await openid.refreshTokenGrant(app.config, first.refresh_token!);
      expect(await userinfoOf(second)).toMatchObject({ sub: user.id });
    });

    it('a refresh token with all that hangs from it: access tokens of before, and of its uses', async () => {
      const first = await offline();
      const second = await openid.refreshTokenGrant(app.config, first.refresh_token!);
      const other = await offline();
      await revoke(first.refresh_token);
      for (const each of [first, second]) await expect(userinfoOf(each)).rejects.toMatchObject({ status: 401 });
      const refused = await refusalOf(openid.refreshTokenGrant(app.config, first.refresh_token!));
      expect(refused).toEqual({ status: 400, error: 'invalid_grant' });
      expect(await userinfoOf(other)).toMatchObject({ sub: user.id });
    });

    it('a refresh token that was replaced takes its successors along', async () => {
      const spa = await newApp({ type: 'spa' });
      const first = await offline(spa);
      const second = await openid.refreshTokenGrant(spa.config, first.refresh_token!);
      await revoke(first.refresh_token, undefined, spa);
      const refused = await refusalOf(openid.refreshTokenGrant(spa.config, second.refresh_token!));
      expect(refused).toEqual({ status: 400, error: 'invalid_grant' });
      await expect(userinfoOf(second, spa)).rejects.toMatchObject({ status: 401 });
    });

    it.each(['jwt', 'opaque'] as const)('a token of a client itself, %s', async (tokenFormat) => {
      const machine = await createMachine(idp, tenant);
      await createApi(idp, tenant, [machine.client], { identifier: `https://${tokenFormat}.example/`, tokenFormat });
      const config = await relyingParty(tenant, machine);
      const [one, other] = [
        await openid.clientCredentialsGrant(config, { scope: 'api.read' }),
        await openid.clientCredentialsGrant(config, { scope: 'api.read' }),
      ];
      await openid.tokenRevocation(config, one.access_token);
      expect(await openid.tokenIntrospection(config, one.access_token)).toEqual({ active: false });
      expect(await openid.tokenIntrospection(config, other.access_token)).toMatchObject({ active: true });
    });

    it('on every instance at once', async () => {
      const sibling = await startSibling(idp);
      try {
        const tokens = await offline();
        const fetch = fetchAt(sibling.origin) as openid.CustomFetch;
        const there = await relyingParty(tenant, app.app, { fetch });
        expect(await openid.fetchUserInfo(there, tokens.access_token, user.id)).toMatchObject({ sub: user.id });
        await revoke(tokens.refresh_token);
        const seen = openid.fetchUserInfo(there, tokens.access_token, user.id);
        await expect(seen).rejects.toMatchObject({ status: 401 });
        expect(await openid.tokenIntrospection(there, tokens.access_token)).toEqual({ active: false });
      } finally {
        await sibling.close();
      }
    });
  });

  describe('S-080 §2.2 the answer', () => {
    it('is 200 for what is unknown, malformed, expired or revoked already: it is good for nothing, as was asked', async () => {
      const { access_token } = await offline();
      await revoke(access_token);
      for (const token of [access_token, 'none', 'trt_none', 'tat_none', 'a.b.c', 'ä']) {
        await expect(revoke(token)).resolves.toBeUndefined();
      }
      const late = await offline();
      idp.clock.forward(late.expires_in! + 1);
      await expect(revoke(late.access_token)).resolves.toBeUndefined();
      idp.clock.reset();
    });

    it('§2.1 a hint does not matter, be it right, wrong or unknown', async () => {
      for (const token_type_hint of ['access_token', 'refresh_token', 'pixie_dust']) {
        const tokens = await offline();
        await revoke(tokens.access_token, { token_type_hint });
        await expect(userinfoOf(tokens)).rejects.toMatchObject({ status: 401 });
        await revoke(tokens.refresh_token, { token_type_hint });
        expect(await app.isActive(tokens.refresh_token!)).toBe(false);
      }
    });

    it('is empty, and not to be stored', async () => {
      const spa = await newApp({ type: 'spa' });
      const form = { client_id: spa.app.client.client_id, token: 'none' };
      const answer = await postForm(`${tenant.issuer}/revoke`, form);
      expect(answer).toMatchObject({ status: 200, text: '' });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('is an error while it cannot be stored, never 200', async () => {
      const tokens = await offline();
      await idp.database.dataSource.query('ALTER TABLE revoked_token RENAME TO somewhere_else');
      const answer = await byHand({ token: tokens.access_token }).finally(() =>
        idp.database.dataSource.query('ALTER TABLE somewhere_else RENAME TO revoked_token'),
      );
      expect(answer).toMatchObject({ status: 500, json: { error: 'server_error' } });
      expect(await userinfoOf(tokens)).toMatchObject({ sub: user.id });
    });
  });

  describe('§2.1 whose', () => {
    it('another client’s token is not its to revoke, and goes on', async () => {
      const other = await newApp();
      const tokens = await offline();
      for (const token of [tokens.access_token, tokens.refresh_token]) {
        const refused = await refusalOf(revoke(token, undefined, other));
        expect(refused).toEqual({ status: 400, error: 'invalid_grant' });
      }
      expect(await userinfoOf(tokens)).toMatchObject({ sub: user.id });
      expect(await app.isActive(tokens.refresh_token!)).toBe(true);
    });

    it('a client of another tenant does nothing to it, and is told nothing', async () => {
      const elsewhere = await idp.createTenant({ slug: 'globex' });
      const machine = await createMachine(idp, elsewhere);
      const tokens = await offline();
      const config = await relyingParty(elsewhere, machine);
      for (const token of [tokens.access_token, tokens.refresh_token!]) {
        await expect(openid.tokenRevocation(config, token)).resolves.toBeUndefined();
      }
      expect(await userinfoOf(tokens)).toMatchObject({ sub: user.id });
      expect(await app.isActive(tokens.refresh_token!)).toBe(true);
    });

    it('a public client takes back its own, by its name alone', async () => {
      const spa = await newApp({ type: 'spa' });
      const tokens = await offline(spa);
      await revoke(tokens.refresh_token, undefined, spa);
      await expect(userinfoOf(tokens, spa)).rejects.toMatchObject({ status: 401 });
    });
  });

  it('§2.1 the request names a token in a form', async () => {
    expect(await byHand({})).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
    expect(await byHand({}, '?token=x')).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
    expect((await send(`${tenant.issuer}/revoke?token=x`)).status).toBe(405);
  });
});

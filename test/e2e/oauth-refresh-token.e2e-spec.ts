import { ClientsService, type NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { createApi, createClient, createUser } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { refusalOf, type Tokens } from '../support/stock-client';

const REFUSED = { status: 400, error: 'invalid_grant' };
const DAY = 86_400;
const OFFLINE = { scope: 'openid offline_access profile', prompt: 'consent' };

describe('OAuth 2.1 §4.3 refresh tokens', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ credentials } = await createUser(idp, tenant));
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  const newApp = async (metadata: Partial<NewClient> = {}) =>
    CodeFlow.of(tenant, await createClient(idp, tenant, metadata));
  const newSpa = () => newApp({ type: 'spa' });

  /** Tokens that outlive the session. */
  async function offline(flow: CodeFlow, parameters: Record<string, string> = {}, by = credentials): Promise<Tokens> {
    const given = await flow.code(new HttpBrowser(), {
      credentials: by,
      parameters: { ...OFFLINE, ...parameters },
    });
    return flow.tokens(given);
  }

  const refresh = (flow: CodeFlow, token: string | undefined, parameters?: Record<string, string>) =>
    openid.refreshTokenGrant(flow.config, token!, parameters);

  it('S-070 of a confidential client: the same token each time, however often and at once', async () => {
    const app = await newApp();
    const { refresh_token } = await offline(app);
    const several = await Promise.all(Array.from({ length: 5 }, () => refresh(app, refresh_token)));
    idp.clock.forward(60);
    several.push(await refresh(app, refresh_token));
    expect(new Set(several.map((each) => each.refresh_token))).toEqual(new Set([refresh_token]));
    expect(new Set(several.map((each) => each.access_token)).size).toBe(6);
  });

  describe('S-070 RFC 6749 §6 whose it is', () => {
    it('oidcc-refresh-token: another client cannot use it, and does not spoil it', async () => {
      const [app, other, spa] = [await newApp(), await newApp(), await newSpa()];
      const [mine, theirs] = [await offline(app), await offline(spa)];
      expect(await refusalOf(refresh(other, mine.refresh_token))).toEqual(REFUSED);
      expect(await refusalOf(refresh(other, theirs.refresh_token))).toEqual(REFUSED);
      expect((await refresh(app, mine.refresh_token)).access_token).toMatch(/./);
      expect((await refresh(spa, theirs.refresh_token)).access_token).toMatch(/./);
    });

    it('without the credential of the client it is nothing', async () => {
      const app = await newApp();
      const { refresh_token } = await offline(app);
      const answer = await app.refresh(refresh_token!, {}, { secret: '' });
      expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    });

    it('S-077 altered, cut, lengthened, in another case, of another kind', async () => {
      const app = await newApp();
      const { refresh_token, access_token } = await offline(app);
      const right = refresh_token!;
      const last = right.endsWith('A') ? 'B' : 'A';
      const wrong = [
        ...[right.slice(0, -1) + last, right.slice(0, -1), `${right}A`, `${right}=`, right.toLowerCase()],
        ...[right.replace('trt_', 'tac_'), right.slice(4), encodeURIComponent(`${right} `), access_token, 'x'],
      ];
      for (const token of wrong) expect(await refusalOf(refresh(app, token))).toEqual(REFUSED);
      expect((await app.refresh('')).json).toMatchObject({ error: 'invalid_request' });
      expect((await refresh(app, right)).access_token).toMatch(/./);
    });
  });

  describe('S-073 RFC 6749 §6 the scope', () => {
    it('may be narrowed each time, and is whole again the next time', async () => {
      const app = await newApp();
      const { refresh_token } = await offline(app);
      expect((await refresh(app, refresh_token, { scope: 'openid' })).scope).toBe('openid');
      expect((await refresh(app, refresh_token)).scope).toBe('openid offline_access profile');
    });

    it('never grows, not even to what the client may ask for', async () => {
      const app = await newApp();
      await createApi(idp, tenant, [app.app.client]);
      const { refresh_token } = await offline(app);
      for (const scope of ['openid email', 'api.read', 'openid profile offline_access address']) {
        const answer = await refusalOf(refresh(app, refresh_token, { scope }));
        expect(answer).toEqual({ status: 400, error: 'invalid_scope' });
      }
      const resource = await refusalOf(refresh(app, refresh_token, { resource: 'https://api.example/' }));
      expect(resource).toEqual({ status: 400, error: 'invalid_target' });
    });
  });

  describe('S-074 RFC 9700 §4.14.2 its end', () => {
    it('of a public client: a day without use, two weeks in all', async () => {
      const spa = await newSpa();
      let token = (await offline(spa)).refresh_token;
      for (let day = 0; day < 13; day++) {
        idp.clock.forward(DAY - 60);
        token = (await refresh(spa, token)).refresh_token;
      }
      idp.clock.forward(DAY - 60);
      expect((await refresh(spa, token)).access_token).toMatch(/./);
      idp.clock.forward(DAY / 2);
      expect(await refusalOf(refresh(spa, token))).toEqual(REFUSED);
    });

    it('unused for a day it is over', async () => {
      const spa = await newSpa();
      const { refresh_token } = await offline(spa);
      idp.clock.forward(DAY + 1);
      expect(await refusalOf(refresh(spa, refresh_token))).toEqual(REFUSED);
    });

    it('as the client’s own policy says', async () => {
      const app = await newApp({
        refresh: { rotate: false, always: false, idleSeconds: 100, absoluteSeconds: 250 },
      });
      const { refresh_token } = await offline(app);
      for (let time = 0; time < 2; time++) {
        idp.clock.forward(90);
        expect((await refresh(app, refresh_token)).refresh_token).toBe(refresh_token);
      }
      idp.clock.forward(80);
      expect(await refusalOf(refresh(app, refresh_token))).toEqual(REFUSED);
    });
  });

  describe('S-075 OAuth 2.1 §4.3.1 what it hangs from is looked at each time', () => {
    it('the user', async () => {
      const app = await newApp();
      const { user: bob, credentials: theirs } = await createUser(idp, tenant, { username: 'bob' });
      const { refresh_token } = await offline(app, {}, theirs);
      await idp.get(UsersService).disable(tenant, bob.id);
      expect(await refusalOf(refresh(app, refresh_token))).toEqual(REFUSED);
      await idp.get(UsersService).enable(tenant, bob.id);
    });

    it('the client', async () => {
      const app = await newApp();
      const { refresh_token } = await offline(app);
      await idp.get(ClientsService).disable(tenant, app.app.client.id);
      expect(await refusalOf(refresh(app, refresh_token))).toEqual({ status: 401, error: 'invalid_client' });
      await idp.get(ClientsService).enable(tenant, app.app.client.id);
      expect((await refresh(app, refresh_token)).access_token).toMatch(/./);
    });
  });

  describe('OIDC Core §11, §12', () => {
    it('§12.2 the ID token is of the same sign-in: iss, sub, aud, auth_time as before, no nonce, a new iat', async () => {
      const app = await newApp();
      const first = await offline(app);
      idp.clock.forward(100);
      const before = first.claims()!;
      const after = decodeJwt((await refresh(app, first.refresh_token)).id_token!);
      const { iss, sub, aud, azp, auth_time, acr, amr } = before;
      expect(after).toMatchObject({ iss, sub, aud, azp, auth_time, acr, amr });
      expect(after.iat).toBeGreaterThan(before.iat + 90);
      expect(after).not.toHaveProperty('nonce');
    });

    it('§11 there is none without offline_access, unless the client’s policy gives one', async () => {
      const flow = await newApp();
      const without = await flow.tokens(await flow.code(new HttpBrowser(), { credentials }));
      expect(without.refresh_token).toBeUndefined();
      const always = await newApp({ refresh: { rotate: false, always: true } });
      const tokens = await always.tokens(await always.code(new HttpBrowser(), { credentials }));
      expect((await refresh(always, tokens.refresh_token)).scope).toBe('openid');
    });

    it('§11 there is none for a client that is not registered for the grant', async () => {
      const flow = await newApp({ grant_types: ['authorization_code'] });
      const tokens = await offline(flow);
      expect(tokens.refresh_token).toBeUndefined();
      expect(tokens.scope).toBe('openid profile');
    });
  });

  it('OAuth 2.1 §3.2.3 answers are not to be stored, refusals neither', async () => {
    const app = await newApp();
    const { refresh_token } = await offline(app);
    for (const token of [refresh_token!, 'wrong']) {
      const { headers } = await app.refresh(token);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-type')).toMatch(/^application\/json/);
    }
  });
});

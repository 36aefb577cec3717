import type { NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { createClient, createUser } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { refusalOf, type Tokens } from '../support/stock-client';

const REFUSED = { status: 400, error: 'invalid_grant' };
const OFFLINE = { scope: 'openid offline_access profile', prompt: 'consent' };

describe('OAuth 2.1 §4.3.1 refresh tokens that rotate', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ user, credentials } = await createUser(idp, tenant));
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  const newApp = async (metadata: Partial<NewClient> = {}) =>
    CodeFlow.of(tenant, await createClient(idp, tenant, metadata));
  const newSpa = () => newApp({ type: 'spa' });

  /** Tokens that outlive the session. */
  async function offline(flow: CodeFlow): Promise<Tokens> {
    return flow.tokens(await flow.code(new HttpBrowser(), { credentials, parameters: OFFLINE }));
  }

  const refresh = (flow: CodeFlow, token: string | undefined, parameters?: Record<string, string>) =>
    openid.refreshTokenGrant(flow.config, token!, parameters);

  it('S-071 RFC 9700 §4.14.2 of a public client each is good once: a use replaces it, and what it gave goes on', async () => {
    const spa = await newSpa();
    const first = await offline(spa);
    const second = await refresh(spa, first.refresh_token);
    const third = await refresh(spa, second.refresh_token);
    const seen = [first, second, third].map(({ refresh_token }) => refresh_token!);
    expect(new Set(seen).size).toBe(3);
    for (const token of seen) expect(token).toMatch(/^trt_[\w-]{43,}$/);
    for (const { access_token } of [first, second, third]) {
      expect(await openid.fetchUserInfo(spa.config, access_token, user.id)).toMatchObject({ sub: user.id });
    }
  });

  it('whoever lost the answer is given the same again, once', async () => {
    const spa = await newSpa();
    const { refresh_token } = await offline(spa);
    const lost = await refresh(spa, refresh_token);
    idp.clock.forward(8);
    const again = await refresh(spa, refresh_token);
    expect(again.refresh_token).toBe(lost.refresh_token);
    expect(again.access_token).not.toBe(lost.access_token);
    expect(await refusalOf(refresh(spa, refresh_token))).toEqual(REFUSED);
    expect(await refusalOf(refresh(spa, again.refresh_token))).toEqual(REFUSED);
  });

  it('S-072 a second use after the grace ends the family, access tokens included', async () => {
    const spa = await newSpa();
    const first = await offline(spa);
    const second = await refresh(spa, first.refresh_token);
    idp.clock.forward(11);
    expect(await refusalOf(refresh(spa, first.refresh_token))).toEqual(REFUSED);
    expect(await refusalOf(refresh(spa, second.refresh_token))).toEqual(REFUSED);
    for (const { access_token } of [first, second]) {
      await expect(openid.fetchUserInfo(spa.config, access_token, user.id)).rejects.toMatchObject({ status: 401 });
    }
  });

  it('S-072 a second use when the successor is in use already ends the family, within the grace too', async () => {
    const spa = await newSpa();
    const first = await offline(spa);
    const second = await refresh(spa, first.refresh_token);
    const third = await refresh(spa, second.refresh_token);
    expect(await refusalOf(refresh(spa, first.refresh_token))).toEqual(REFUSED);
    expect(await refusalOf(refresh(spa, third.refresh_token))).toEqual(REFUSED);
  });

  it('a family ends alone: what the same user gave the same client another time goes on', async () => {
    const spa = await newSpa();
    const [one, other] = [await offline(spa), await offline(spa)];
    await refresh(spa, one.refresh_token);
    idp.clock.forward(11);
    expect(await refusalOf(refresh(spa, one.refresh_token))).toEqual(REFUSED);
    expect((await refresh(spa, other.refresh_token)).access_token).toMatch(/./);
  });

  it('a confidential client may be held to the same', async () => {
    const app = await newApp({ refresh: { rotate: true, always: false } });
    const { refresh_token } = await offline(app);
    expect((await refresh(app, refresh_token)).refresh_token).not.toBe(refresh_token);
    idp.clock.forward(11);
    expect(await refusalOf(refresh(app, refresh_token))).toEqual(REFUSED);
  });
});

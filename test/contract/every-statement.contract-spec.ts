import * as openid from 'openid-client';
import { CodeFlow, passThrough } from '../support/code-flow';
import { API, createApi, createClient, createMachine, createUser } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { relyingParty } from '../support/stock-client';
import { watchTenants } from '../support/tenant-watch';

jest.setTimeout(180_000);

describe('every statement of the server at work', () => {
  let idp: TestIdp;
  let watched: () => { seen: number; loose: string[] };
  const names = new Set<string>();
  beforeAll(async () => {
    idp = await startIdp();
    watched = await watchTenants(idp.database);
    idp.database.observe((name) => names.add(name));
  });
  afterAll(() => idp?.close());

  it('names the tenant whose rows it touches, from the first sign-in to the last sign-out', async () => {
    const tenant = await idp.createTenant({ slug: 'watched' });
    const { credentials } = await createUser(idp, tenant);
    const app = await createClient(idp, tenant, { refresh: { rotate: true, always: true } });
    const machine = await createMachine(idp, tenant);
    await createApi(idp, tenant, [app.client, machine.client]);

    const flow = await CodeFlow.of(tenant, app);
    const browser = new HttpBrowser();
    const wrong = await flow.request();
    await passThrough(browser, wrong.url, { ...credentials, password: 'wrong' });
    const code = await flow.code(browser, { credentials });
    const tokens = await flow.tokens(code);
    await openid.fetchUserInfo(flow.config, tokens.access_token, tokens.claims()!.sub);
    await flow.isActive(tokens.access_token);
    const refreshed = await flow.refresh(tokens.refresh_token!);
    expect(refreshed.status).toBe(200);
    await flow.redeem(code);
    await flow
      .tokens(await flow.code(browser))
      .then((more) => openid.tokenRevocation(flow.config, more.refresh_token!));
    const { url } = await flow.request();
    await passThrough(browser, await openid.buildAuthorizationUrlWithPAR(flow.config, url.searchParams));
    const config = await relyingParty(tenant, machine);
    await openid.clientCredentialsGrant(config, { scope: 'api.read', resource: API });
    await passThrough(browser, openid.buildEndSessionUrl(flow.config, { id_token_hint: tokens.id_token! }));

    const { seen, loose } = watched();
    expect(loose).toEqual([]);
    expect(seen).toBeGreaterThan(60);
    expect(names.size).toBeGreaterThan(25);
  });
});

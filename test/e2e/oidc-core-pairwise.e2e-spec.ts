import { ClientMetadataError, ClientsService, type NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { DocumentSite } from '../support/document-site';
import { createApi, createClient, createUser, POST_LOGOUT_REDIRECT_URI, REDIRECT_URI } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, startSibling, type TestIdp } from '../support/idp';
import { LogoutReceiver } from '../support/logout-receiver';
import type { Tokens } from '../support/stock-client';

const PAIRWISE = { subject_type: 'pairwise' as const, consent: 'implicit' as const };
const SUBJECT = /^[\w-]{43}$/;

describe('OIDC Core §8 pairwise subjects', () => {
  let sites: DocumentSite;
  let receiver: LogoutReceiver;
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;

  beforeAll(async () => {
    [sites, receiver] = await Promise.all([DocumentSite.start(), LogoutReceiver.start()]);
    idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: `${sites.host},${receiver.host}` } });
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: { passwordPerAddressPerMinute: 1000 } } });
    ({ user, credentials } = await createUser(idp, tenant));
  });

  afterAll(async () => {
    await idp?.close();
    await Promise.all([sites?.close(), receiver?.close()]);
  });

  const appWith = async (metadata: Partial<NewClient> = {}): Promise<CodeFlow> =>
    CodeFlow.of(tenant, await createClient(idp, tenant, { ...PAIRWISE, ...metadata }));

  async function enter(flow: CodeFlow, browser = new HttpBrowser(), parameters = {}): Promise<Tokens> {
    return flow.tokens(await flow.code(browser, { credentials, parameters }));
  }
  const subOf = (tokens: Tokens): string => tokens.claims()!.sub;
  const silent = async (flow: CodeFlow, browser: HttpBrowser, parameters: Record<string, string>) =>
    callbackOf(await browser.open((await flow.request({ prompt: 'none', ...parameters })).url.href)).searchParams;

  it('§8 says so in its metadata', async () => {
    expect((await appWith()).config.serverMetadata().subject_types_supported).toEqual(['public', 'pairwise']);
  });

  it('§8.1 one sub in ID token, userinfo, access token and introspection, and it is not the user’s id', async () => {
    const flow = await appWith();
    const tokens = await enter(flow, new HttpBrowser(), { scope: 'openid offline_access', prompt: 'consent' });
    const sub = subOf(tokens);
    expect(sub).toMatch(SUBJECT);
    expect((await openid.fetchUserInfo(flow.config, tokens.access_token, sub)).sub).toBe(sub);
    expect(decodeJwt(tokens.access_token).sub).toBe(sub);
    for (const token of [tokens.access_token, tokens.refresh_token!]) {
      const told = await openid.tokenIntrospection(flow.config, token);
      expect(told).toMatchObject({ active: true, sub });
      expect(JSON.stringify(told)).not.toMatch(new RegExp(`${user.id}|${user.username}"`));
    }
    const refreshed = await openid.refreshTokenGrant(flow.config, tokens.refresh_token!);
    expect(refreshed.claims()!.sub).toBe(sub);
    expect(JSON.stringify([tokens.claims(), decodeJwt(tokens.access_token)])).not.toContain(user.id);
  });

  it('§8.1 the same again, at another instance and for an API; another one for another sector, user or tenant', async () => {
    const flow = await appWith();
    const opaque = await createApi(idp, tenant, [flow.app.client], {
      tokenFormat: 'opaque',
      identifier: 'https://o.example/',
    });
    const sub = subOf(await enter(flow));
    expect(subOf(await enter(flow))).toBe(sub);
    expect(subOf(await enter(await appWith()))).toBe(sub);
    const forApi = await enter(flow, new HttpBrowser(), { scope: 'openid api.read', resource: opaque.identifier });
    expect(await openid.tokenIntrospection(flow.config, forApi.access_token)).toMatchObject({ sub });
    const elsewhere = await appWith({
      redirect_uris: [REDIRECT_URI],
      sector_identifier_uri: sites.publish('/s', [REDIRECT_URI]),
    });
    const theirs = subOf(await enter(elsewhere));
    expect([theirs, subOf(await enter(await appWith({ subject_type: 'public' })))]).toEqual([
      expect.stringMatching(SUBJECT),
      user.id,
    ]);
    expect(theirs).not.toBe(sub);
    const sibling = await startSibling(idp);
    const answer = await flow.redeem(await flow.code(new HttpBrowser(), { credentials }), {}, { via: sibling });
    await sibling.close();
    expect(decodeJwt(String(answer.json!.id_token)).sub).toBe(sub);
    const { credentials: bob } = await createUser(idp, tenant, { username: 'bob' });
    expect(subOf(await flow.tokens(await flow.code(new HttpBrowser(), { credentials: bob })))).not.toBe(sub);
  });

  it('§8 sid says no more than sub does: sectors cannot tell that it is one session', async () => {
    const browser = new HttpBrowser();
    const first = await enter(await appWith(), browser);
    const second = await enter(await appWith({ sector_identifier_uri: sites.publish('/t', [REDIRECT_URI]) }), browser);
    expect(first.claims()!.sid).toMatch(SUBJECT);
    expect(second.claims()!.sid).not.toBe(first.claims()!.sid);
  });

  it('§3.1.2.1 S-126 id_token_hint and a requested sub mean the user whom this client knows so', async () => {
    const flow = await appWith();
    const browser = new HttpBrowser();
    const tokens = await enter(flow, browser);
    const asked = (value: string) => ({ claims: JSON.stringify({ id_token: { sub: { value } } }) });
    expect((await silent(flow, browser, { id_token_hint: tokens.id_token! })).get('code')).toMatch(/^tac_/);
    expect((await silent(flow, browser, asked(subOf(tokens)))).get('code')).toMatch(/^tac_/);
    expect((await silent(flow, browser, asked(user.id))).get('error')).toBe('login_required');
    const { credentials: eve } = await createUser(idp, tenant, { username: 'eve' });
    const theirs = new HttpBrowser();
    await passThrough(theirs, (await flow.request()).url, eve);
    expect((await silent(flow, theirs, { id_token_hint: tokens.id_token! })).get('error')).toBe('login_required');
  });

  it('OIDC RP-Initiated Logout §2, Back-Channel Logout §2.4 a hint ends the session, and the logout token has the same sub and sid', async () => {
    const flow = await appWith({ backchannel_logout_uri: receiver.url('/pairwise') });
    const browser = new HttpBrowser();
    const tokens = await enter(flow, browser);
    const url = openid.buildEndSessionUrl(flow.config, {
      id_token_hint: tokens.id_token!,
      post_logout_redirect_uri: POST_LOGOUT_REDIRECT_URI,
    });
    expect(callbackOf(await browser.open(url.href)).href).toBe(POST_LOGOUT_REDIRECT_URI);
    const { sub, sid } = tokens.claims()!;
    expect(decodeJwt((await receiver.tokens('/pairwise'))[0]!)).toMatchObject({ sub, sid });
  });

  describe('OIDC Registration §5 sector_identifier_uri', () => {
    const register = (metadata: Partial<NewClient>) =>
      idp
        .get(ClientsService)
        .create(tenant, { redirect_uris: [REDIRECT_URI], ...metadata }, { origin: 'registered' })
        .then(
          ({ client }) => client.sector_identifier_uri,
          (error: ClientMetadataError) => `${error.error} ${error.member}`,
        );
    const REFUSED = 'invalid_client_metadata sector_identifier_uri';
    const two = [REDIRECT_URI, 'https://app.example/cb'];

    it('oidcc-registration-sector-uri', async () => {
      const sector_identifier_uri = sites.publish('/sector', [...two, 'https://third.example/']);
      expect(await register({ subject_type: 'pairwise', redirect_uris: two, sector_identifier_uri })).toBe(
        sector_identifier_uri,
      );
      expect(sites.asked).toContain('/sector');
    });

    it('oidcc-registration-sector-bad', async () => {
      const sector_identifier_uri = sites.publish('/bad', ['https://app.example/cb']);
      expect(await register({ subject_type: 'pairwise', redirect_uris: two, sector_identifier_uri })).toBe(REFUSED);
      expect(await register({ sector_identifier_uri })).toBe(REFUSED);
    });

    it.each([
      ['no list', { uris: two }],
      ['no JSON', '[https'],
      ['nothing', undefined],
      ['a list of other things', [[REDIRECT_URI], null]],
    ])('is refused when it leads to %s', async (_title, document) => {
      const sector_identifier_uri = sites.publish('/other', document);
      expect(await register({ subject_type: 'pairwise', sector_identifier_uri })).toBe(REFUSED);
    });

    it('is needed for redirect URIs of two hosts; S-170 never leads into our own network', async () => {
      expect(await register({ subject_type: 'pairwise', redirect_uris: two })).toBe(REFUSED);
      expect(await register({ subject_type: 'pairwise', sector_identifier_uri: 'https://127.0.0.1:1/' })).toBe(REFUSED);
      expect(await register({ subject_type: 'pairwise', sector_identifier_uri: 'http://sector.example/' })).toBe(
        REFUSED,
      );
    });

    it('holds for later changes too', async () => {
      const clients = idp.get(ClientsService);
      const sector_identifier_uri = sites.publish('/later', [REDIRECT_URI]);
      const { client } = await createClient(idp, tenant, { ...PAIRWISE, sector_identifier_uri });
      const before = sites.asked.length;
      await clients.update(tenant, client.id, { client_name: 'Renamed' });
      expect(sites.asked).toHaveLength(before);
      await expect(clients.update(tenant, client.id, { redirect_uris: two })).rejects.toBeInstanceOf(
        ClientMetadataError,
      );
      sites.publish('/later', two);
      expect((await clients.update(tenant, client.id, { redirect_uris: two })).redirect_uris).toEqual(two);
    });
  });
});

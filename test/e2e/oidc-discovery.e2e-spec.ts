import { DomainRecords, type Tenant, TenantDomainsService } from '@tokenidp/tenancy';
import * as jose from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import type { Browser } from 'playwright-core';
import { launchBrowser, Person } from '../support/browser';
import { expectSaneKeys } from '../support/conformance';
import { createClient, createUser } from '../support/fixtures';
import { type Answer, send } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { REGISTERED } from '../support/registered-metadata';
import { obtainTokens, relyingParty } from '../support/stock-client';
import { TlsProxy } from '../support/tls-proxy';
import { fetchAt } from '../support/wire';

const DOMAIN = 'login.customer.test';
const OPENID = '/.well-known/openid-configuration';
const OAUTH = '/.well-known/oauth-authorization-server';

interface Place {
  idp: TestIdp;
  tenant: Tenant;
}

describe('OIDC Discovery §4 the provider says what it is', () => {
  let inPaths: TestIdp;
  let inSubdomains: TestIdp;
  let proxy: TlsProxy;
  let browser: Browser;
  const places: Record<string, Place> = {};

  beforeAll(async () => {
    inPaths = await startIdp();
    inSubdomains = await startIdp({
      environment: { TENANT_ISSUER_MODE: 'subdomain', TENANT_ROOT_DOMAIN: 'localhost' },
    });
    places['a path'] = { idp: inPaths, tenant: await inPaths.createTenant({ slug: 'acme' }) };
    places['a sub-domain'] = { idp: inSubdomains, tenant: await inSubdomains.createTenant({ slug: 'acme' }) };
    places['a domain of its own'] = { idp: inPaths, tenant: await atItsDomain(inPaths) };
    proxy = await TlsProxy.start(inPaths.origin, DOMAIN);
    browser = await launchBrowser({ [DOMAIN]: proxy.place });
  });

  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await inPaths?.close();
    await inSubdomains?.close();
  });

  /** The owner of the domain has published what proves it. */
  async function atItsDomain(idp: TestIdp): Promise<Tenant> {
    const { id } = await idp.createTenant({ slug: 'customer' });
    const domains = idp.get(TenantDomainsService);
    const { recordName, recordValue } = await domains.claim(id, DOMAIN);
    const dns = jest.spyOn(idp.get(DomainRecords), 'read');
    dns.mockImplementation((name) => Promise.resolve(name === recordName ? [recordValue] : []));
    return domains.verify(id, DOMAIN);
  }

  const at = ({ idp }: Place, url: string): Promise<Answer> => send(url, { via: idp });

  const three = ['a path', 'a sub-domain', 'a domain of its own'];

  it('a tenant has its issuer where the deployment and its domain put it', () => {
    const port = (idp: TestIdp) => new URL(idp.origin).port;
    expect(three.map((name) => places[name]!.tenant.issuer)).toEqual([
      `http://localhost:${port(inPaths)}/t/acme`,
      `http://acme.localhost:${port(inSubdomains)}`,
      `https://${DOMAIN}`,
    ]);
  });

  describe.each(three)('a tenant at %s', (name) => {
    let place: Place;
    let issuer: string;
    let answer: Answer;
    let metadata: Record<string, unknown>;

    beforeAll(async () => {
      place = places[name]!;
      ({ issuer } = place.tenant);
      answer = await at(place, issuer + OPENID);
      metadata = answer.json!;
    });

    const strings = (member: string): string[] => metadata[member] as string[];

    it('oidcc-discovery-endpoint-verification: the document is JSON, and its issuer is where it was fetched from', () => {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json\b/);
      expect(metadata.issuer).toBe(issuer);
      expect(new URL(issuer)).toMatchObject({ search: '', hash: '', username: '' });
    });

    it('oidcc-discovery-endpoint-verification: every endpoint is below the issuer, and by its scheme', () => {
      const endpoints = Object.entries(metadata).filter(([member]) => /_endpoint$|^jwks_uri$/.test(member));
      expect(endpoints.length).toBeGreaterThanOrEqual(7);
      for (const [member, url] of endpoints) {
        expect({ [member]: String(url).startsWith(`${issuer}/`) }).toEqual({ [member]: true });
      }
    });

    it('oidcc-discovery-endpoint-verification: every member is registered, and has its type', () => {
      expect(Object.keys(metadata).filter((member) => !REGISTERED.has(member))).toEqual([]);
      for (const [member, value] of Object.entries(metadata)) {
        if (/_(values|types|modes|methods|locales|claims|scopes)?_?supported$/.test(member)) continue;
        const type = member.startsWith('require_') ? 'boolean' : 'string';
        expect({ [member]: typeof value }).toEqual({ [member]: type });
      }
      const lists = Object.entries(metadata).filter(([, value]) => Array.isArray(value)) as [string, unknown[]][];
      for (const [member, list] of lists) {
        expect({ [member]: list.length > 0 && new Set(list).size === list.length }).toEqual({ [member]: true });
        expect(list.every((value) => typeof value === 'string')).toBe(true);
      }
      const flags = Object.entries(metadata).filter(([, value]) => typeof value === 'boolean');
      expect(flags.map(([member]) => member).sort()).toEqual([
        'authorization_response_iss_parameter_supported',
        ...['backchannel_logout_session_supported', 'backchannel_logout_supported'],
        ...['backchannel_user_code_parameter_supported', 'claims_parameter_supported'],
        ...['frontchannel_logout_session_supported', 'frontchannel_logout_supported'],
        ...['request_parameter_supported', 'request_uri_parameter_supported'],
        'require_pushed_authorization_requests',
        'require_signed_request_object',
      ]);
    });

    it('oidcc-discovery-endpoint-verification: what has to be there is there', () => {
      expect(strings('response_types_supported')).toEqual(['code']);
      expect(strings('subject_types_supported')).toEqual(['public', 'pairwise']);
      expect(strings('id_token_signing_alg_values_supported')).toContain('RS256');
      expect(strings('id_token_signing_alg_values_supported')).not.toContain('none');
      expect(strings('userinfo_signing_alg_values_supported')).toContain('RS256');
      expect(strings('code_challenge_methods_supported')).toEqual(['S256']);
      expect(strings('scopes_supported')).toContain('openid');
      for (const scope of strings('scopes_supported')) expect(scope).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
      expect(Intl.getCanonicalLocales(strings('ui_locales_supported'))).toEqual(strings('ui_locales_supported'));
      expect(strings('claims_supported')).toEqual(expect.arrayContaining(['sub', 'iss', 'auth_time', 'acr', 'name']));
    });

    it('oidcc-discovery-endpoint-verification: the key set is sane', async () => {
      const keys = await at(place, String(metadata.jwks_uri));
      expect(keys.status).toBe(200);
      expectSaneKeys(keys.json!.keys as jose.JWK[]);
    });

    it('RFC 8414 §3.1 the same document under both names, and with the path behind the name', async () => {
      const { origin, pathname } = new URL(issuer);
      const path = pathname === '/' ? '' : pathname;
      for (const document of [OPENID, OAUTH]) {
        expect((await at(place, `${origin}${path}${document}`)).text).toBe(answer.text);
        expect((await at(place, `${origin}${document}${path}`)).text).toBe(answer.text);
      }
    });

    it('RFC 8414 §3.3 both libraries believe it', async () => {
      const { client } = await createClient(place.idp, place.tenant);
      const fetch = fetchAt(place.idp.origin);
      for (const algorithm of ['oidc', 'oauth2'] as const) {
        const config = await openid.discovery(new URL(issuer), client.client_id, undefined, undefined, {
          algorithm,
          execute: [openid.allowInsecureRequests],
          [openid.customFetch]: fetch as openid.CustomFetch,
        });
        expect(config.serverMetadata()).toMatchObject(metadata);
        const options = { algorithm, [oauth.allowInsecureRequests]: true, [oauth.customFetch]: fetch };
        const response = await oauth.discoveryRequest(new URL(issuer), options as oauth.DiscoveryRequestOptions);
        expect(await oauth.processDiscoveryResponse(new URL(issuer), response)).toEqual(metadata);
      }
    });

    it('S-002 at the address of another tenant there is no word of this one', async () => {
      const others = Object.values(places).filter((other) => other !== place);
      for (const other of others) {
        const { origin } = new URL(other.tenant.issuer);
        const path = new URL(issuer).pathname.replace(/\/$/, '');
        const misplaced = await send(`${origin}${path}${OPENID}`, { via: place.idp });
        // What is served there, if anything, is of that address.
        if (misplaced.status === 200) expect(misplaced.json?.issuer).toBe(origin + path);
        else expect(misplaced.status).toBe(404);
        expect(misplaced.text).not.toContain(`"${issuer}"`);
      }
    });

    it('a person signs in there, and everything that is issued is of this issuer', async () => {
      const { credentials } = await createUser(place.idp, place.tenant);
      const app = await createClient(place.idp, place.tenant);
      const fetch = fetchAt(place.idp.origin) as openid.CustomFetch;
      const config = await relyingParty(place.tenant, app, { fetch });
      const person = await Person.at(browser);
      const tokens = await obtainTokens(person, config, { credentials, parameters: { scope: 'openid profile' } });
      expect(tokens.claims()).toMatchObject({ iss: issuer, aud: app.client.client_id });
      expect(jose.decodeJwt(tokens.access_token)).toMatchObject({ iss: issuer, aud: issuer });
      const { name: fullName } = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub);
      expect(fullName).toBe('Ada Lovelace');
      const cookies = await person.context.cookies(issuer);
      const isHttps = issuer.startsWith('https:');
      expect(cookies.length).toBeGreaterThan(0);
      for (const cookie of cookies) {
        expect(cookie).toMatchObject({ secure: isHttps, httpOnly: true, path: '/', domain: new URL(issuer).hostname });
        expect(cookie.name.startsWith('__Host-')).toBe(isHttps);
      }
      await person.context.close();
    });
  });

  describe('RFC 8414 §3.3 where nobody is', () => {
    const notFound = async (origin: string, path: string, host?: string): Promise<void> => {
      const answer = await send(`${origin}${path}`, { headers: host === undefined ? {} : { host } });
      expect({ path, host, status: answer.status }).toEqual({ path, host, status: 404 });
    };

    it('S-002 an unknown tenant, a misspelled one, an unknown host', async () => {
      const { origin } = inPaths;
      for (const path of ['/t/nobody', '/t/ACME', '/t/acme/t/acme', '/t/%61cme', '//t/acme']) {
        await notFound(origin, path + OPENID);
      }
      await notFound(origin, `${OPENID}/t/nobody`);
      await notFound(origin, `${OAUTH}/t/acme/`);
      for (const host of ['example.com', `acme.${new URL(origin).host}`, `${DOMAIN}:8443`, `${DOMAIN}.`, '']) {
        await notFound(origin, OPENID, host);
      }
    });

    it('S-002 a tenant is at one place only: not at its path where it has a sub-domain or domain of its own', async () => {
      await notFound(inPaths.origin, `/t/customer${OPENID}`);
      await notFound(inSubdomains.origin, `/t/acme${OPENID}`);
      await notFound(inPaths.origin, `/t/acme${OPENID}`, DOMAIN);
    });
  });
});

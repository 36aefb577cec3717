import type { Tenant } from '@tokenidp/tenancy';
import * as oauth from 'oauth4webapi';
import type { Credentials } from '../support/browser';
import { callbackOf, passThrough } from '../support/code-flow';
import { createApi, createUser, REDIRECT_URI } from '../support/fixtures';
import { send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { SampleServer } from '../support/sample-server';
import { WebSite } from '../support/web-site';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const LIST_TOOLS = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
const WHO_AM_I = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'whoami' } });
const JSON_CONTENT = new Headers({ 'content-type': 'application/json' });

describe('RFC 9728 §5 an MCP server that knows nothing but its issuer', () => {
  let idp: TestIdp;
  let site: WebSite;
  let sample: SampleServer;
  let tenant: Tenant;
  let credentials: Credentials;

  beforeAll(async () => {
    site = await WebSite.start();
    idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: site.host } });
    const registration = { mode: 'open' as const, metadataDocuments: true, scopes: ['openid', 'mcp.use'] };
    tenant = await idp.createTenant({ slug: 'mcp', settings: { registration } });
    ({ credentials } = await createUser(idp, tenant));
    sample = await SampleServer.start('mcp/server.mjs', { issuer: tenant.issuer });
    const scopes = [
      { name: 'mcp.use', displayName: 'Use the tools', description: 'Call the tools.', sensitive: false },
    ];
    await createApi(idp, tenant, [], { identifier: `${sample.origin}/mcp`, name: 'Sample MCP server', scopes });
    await createApi(idp, tenant, [], { identifier: 'https://other.example/' });
  });

  afterAll(async () => {
    await sample?.close();
    await idp?.close();
    await site?.close();
  });

  /** What a client that knows an address and nothing else finds out: its resource, and who gives tokens for it. */
  async function discover() {
    const url = new URL(`${sample.origin}/mcp`);
    const refused = await fetch(url, { method: 'POST', body: LIST_TOOLS, headers: JSON_CONTENT });
    expect(refused.status).toBe(401);
    const [, place] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate')!)!;
    const answer = await oauth.resourceDiscoveryRequest(url, INSECURE);
    expect(answer.url).toBe(place);
    const resource = await oauth.processResourceDiscoveryResponse(url, answer);
    const issuer = new URL(resource.authorization_servers![0]!);
    const metadata = await oauth.discoveryRequest(issuer, { ...INSECURE, algorithm: 'oauth2' });
    return { url, resource, server: await oauth.processDiscoveryResponse(issuer, metadata) };
  }

  type Found = Awaited<ReturnType<typeof discover>>;

  async function tokenOf(client: oauth.Client, { resource, server }: Found): Promise<string> {
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const url = new URL(server.authorization_endpoint!);
    const asked = {
      client_id: client.client_id,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: resource.scopes_supported!.join(' '),
      resource: resource.resource,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    const callback = callbackOf(await passThrough(new HttpBrowser(), url, credentials));
    const parameters = oauth.validateAuthResponse(server, client, callback, state);
    const options = { ...INSECURE, additionalParameters: { resource: resource.resource } };
    const answer = await oauth.authorizationCodeGrantRequest(
      ...([server, client, oauth.None(), parameters, REDIRECT_URI, verifier, options] as const),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer);
    expect(tokens.scope).toBe(asked.scope);
    return tokens.access_token;
  }

  async function expectServed(token: string, clientId: string, { url }: Found): Promise<void> {
    const ask = (body: string) => oauth.protectedResourceRequest(token, 'POST', url, JSON_CONTENT, body, INSECURE);
    expect(await (await ask(LIST_TOOLS)).json()).toMatchObject({ result: { tools: [{ name: 'whoami' }] } });
    const { result } = (await (await ask(WHO_AM_I)).json()) as { result: { content: [{ text: string }] } };
    expect(result.content[0].text).toContain(`by ${clientId}`);
  }

  it('RFC 9728 §5.1, RFC 7591 §3, RFC 8707 §2 the chain of a client that registers', async () => {
    const found = await discover();
    const asked = { client_name: 'Agent', redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'none' };
    const answer = await oauth.dynamicClientRegistrationRequest(found.server, asked, INSECURE);
    const client = await oauth.processDynamicClientRegistrationResponse(answer);
    await expectServed(await tokenOf(client, found), client.client_id, found);
  });

  it('RFC 9728 §5.1, draft-ietf-oauth-client-id-metadata-document §5 the chain of a client that describes itself', async () => {
    const found = await discover();
    expect(found.server.client_id_metadata_document_supported).toBe(true);
    const client_id = site.url('/agent.json');
    site.json('/agent.json', { client_id, client_name: 'Agent', redirect_uris: [REDIRECT_URI] });
    await expectServed(await tokenOf({ client_id }, found), client_id, found);
  });

  it('RFC 8707 §2, RFC 9068 §4 the server takes no token that is for another', async () => {
    const found = await discover();
    const client_id = site.url('/other.json');
    site.json('/other.json', { client_id, redirect_uris: [REDIRECT_URI] });
    const token = await tokenOf({ client_id }, found);
    const forUserinfo = { ...found.resource, resource: tenant.issuer, scopes_supported: ['openid'] };
    const foreign = await tokenOf({ client_id }, { ...found, resource: forUserinfo });
    for (const wrong of [foreign, `${token.slice(0, -4)}AAAA`, 'nonsense']) {
      const answer = await send(found.url, {
        body: LIST_TOOLS,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${wrong}` },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token", resource_metadata=');
    }
  });

  it('RFC 8707 §2 S-153 a self-made client asks for no API that its tenant did not open', async () => {
    const found = await discover();
    const client_id = site.url('/greedy.json');
    site.json('/greedy.json', { client_id, redirect_uris: [REDIRECT_URI] });
    const greedy = { ...found.resource, resource: 'https://other.example/', scopes_supported: ['api.read'] };
    await expect(tokenOf({ client_id }, { ...found, resource: greedy })).rejects.toThrow('invalid_target');
  });
});

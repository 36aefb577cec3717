import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NewClient } from '@tokenidp/clients';
import { REDIRECT_URI } from '../support/fixtures';
import { type PushingClient, PushingClients } from '../support/pushing-clients';

/** Where a client keeps its request objects: on this machine, so the server must be told that it may go there. */
class ObjectServer {
  content = '';
  status = 200;
  readonly seen: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ObjectServer> {
    const server = createServer();
    const objects = new ObjectServer(server);
    server.on('request', (request, response) => {
      objects.seen.push(String(request.url));
      response.writeHead(objects.status, { 'content-type': 'application/oauth-authz-req+jwt', location: '/elsewhere' });
      response.end(objects.content);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return objects;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/request.jwt`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('OIDC Core §6.2, RFC 9101 §5.2 a request object by reference', () => {
  let objects: ObjectServer;
  let world: PushingClients;
  let app: PushingClient;

  const registering = (metadata: Partial<NewClient> = {}, of = world): Promise<PushingClient> =>
    of.client('RS256', { require_pushed_authorization_requests: false, request_uris: [objects.url], ...metadata });

  beforeAll(async () => {
    objects = await ObjectServer.start();
    world = await PushingClients.start({ OUTBOUND_ALLOWED_HOSTS: objects.host });
    const settings = { authorizationRequests: { byReference: true } };
    world = await PushingClients.in(world.idp, { slug: 'fetching', settings });
    app = await registering();
  });
  beforeEach(() => {
    objects.seen.splice(0);
    objects.status = 200;
  });
  afterAll(async () => {
    await world?.close();
    await objects?.close();
  });

  const answerTo = async (parameters: Record<string, string>, of = app) =>
    Object.fromEntries((await of.callback(of.address({ redirect_uri: REDIRECT_URI, ...parameters }))).searchParams);

  it('oidcc-request-uri-signed-rs256 OIDC Core §6.2 is fetched without its hash, and what is in it wins', async () => {
    expect(app.config.serverMetadata()).toMatchObject({
      request_uri_parameter_supported: true,
      require_request_uri_registration: true,
      request_object_signing_alg_values_supported: expect.arrayContaining(['RS256']),
    });
    const asked = await app.asks({ state: 'inside' });
    objects.content = await app.request(asked);
    const hash = createHash('sha256').update(objects.content).digest('base64url');
    const beside = { scope: 'openid', response_type: 'code', state: 'outside', nonce: 'outside' };
    const callback = await app.callback(app.address({ request_uri: `${objects.url}#${hash}`, ...beside }));
    expect(callback.searchParams.get('state')).toBe('inside');
    expect((await app.redeem(callback, asked)).claims()).toMatchObject({ nonce: asked.parameters.nonce });
    expect(objects.seen).toEqual(['/request.jwt']);
  });

  it('OIDC Core §6.2 is fetched each time, for it may change', async () => {
    for (const state of ['first', 'second']) {
      objects.content = await app.request(await app.asks({ state }));
      expect(await answerTo({ request_uri: objects.url })).toMatchObject({ state, code: expect.any(String) });
    }
    expect(objects.seen).toHaveLength(2);
  });

  it.each([
    ['is not there', 404, 'invalid_request_uri'],
    ['is elsewhere', 302, 'invalid_request_uri'],
    ['fails', 500, 'invalid_request_uri'],
  ])('RFC 9101 §5.2 is refused when it %s', async (_, status, error) => {
    Object.assign(objects, { status, content: await app.request(await app.asks()) });
    expect(await answerTo({ request_uri: objects.url })).toMatchObject({ error });
    expect(objects.seen).toEqual(['/request.jwt']);
  });

  it.each([
    ['nothing', async () => ''],
    ['a page', async () => '<html>no</html>'],
    ['more than 32 kB', async () => 'a'.repeat(40_000)],
    ['an object of another client', async () => (await registering()).request(await app.asks())],
    ['another reference', async () => app.request(await app.asks(), { request_uri: objects.url })],
  ])('RFC 9101 §6 is refused when there is %s', async (_, content) => {
    objects.content = await content();
    expect((await answerTo({ request_uri: objects.url })).error).toMatch(/^invalid_request_(uri|object)$/);
  });

  it('RFC 9101 §10.4 S-114 nothing is asked of a place that is not registered, nor of two requests', async () => {
    objects.content = await app.request(await app.asks());
    for (const request_uri of [
      `http://${objects.host}/other`,
      `${objects.url}?x`,
      `${objects.url}/..`,
      'file:///etc/hosts',
    ]) {
      expect({ request_uri, ...(await answerTo({ request_uri })) }).toMatchObject({
        request_uri,
        error: 'invalid_request_uri',
      });
    }
    const both = { request_uri: objects.url, request: objects.content };
    expect(await answerTo(both)).toMatchObject({ error: 'invalid_request' });
    expect(objects.seen).toEqual([]);
  });

  it('RFC 9126 §2.1 S-112 nothing is asked of what is pushed', async () => {
    const answer = await app.push({ ...(await app.asks()).parameters, request_uri: objects.url });
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
    expect(objects.seen).toEqual([]);
  });

  it('OIDC Core §6.2 S-114 nothing is asked where the tenant does not want it', async () => {
    const closed = await PushingClients.in(world.idp, { slug: 'closed' });
    const own = await registering({}, closed);
    expect(own.config.serverMetadata().request_uri_parameter_supported).toBe(false);
    expect(await answerTo({ request_uri: objects.url }, own)).toMatchObject({ error: 'request_uri_not_supported' });
    expect(objects.seen).toEqual([]);
  });

  it.each([
    ['http', ['http://client.example/r']],
    ['another scheme', ['ftp://client.example/r']],
    ['two fragments', ['https://client.example/r#a#b']],
    ['a fragment that is no hash', ['https://client.example/r#a=b']],
    ['no URL', ['r']],
  ])('OIDC Registration §2 S-170 is not registered with %s', async (_, request_uris) => {
    await expect(registering({ request_uris })).rejects.toMatchObject({ member: 'request_uris' });
  });
});

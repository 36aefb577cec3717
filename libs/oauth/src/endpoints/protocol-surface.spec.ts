import { UnavailableError } from '@tokenidp/kernel';
import { Logger } from '@nestjs/common';
import type { ClientOrigins } from '@tokenidp/clients';
import { fastify, type FastifyInstance, type InjectOptions } from 'fastify';
import { tenant } from '../../test/samples';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { Cors } from './cors';
import { AUTHORIZATION_PATH, JWKS_PATH, TOKEN_PATH, USERINFO_PATH } from './paths';
import { toOAuthError } from './protocol-reply';
import { registerProtocolSurface } from './protocol-surface';

const ORIGIN = 'https://spa.example';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const errors = new OAuthErrorFilter();
let server: FastifyInstance;

beforeAll(async () => {
  const origins = {
    allowedOrigins: async (tenantId: string) => {
      if (tenantId === 'away') throw new UnavailableError(7);
      return new Set([ORIGIN]);
    },
  };
  server = fastify({ exposeHeadRoutes: false, bodyLimit: 1000 });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  server.setErrorHandler((error: Error, _request, reply) => reply.code(404).send(error.message));
  server.addHook('onRequest', (request, _reply, done) => {
    if (request.headers['x-tenant'] === 'unknown') return done(new Error('no such tenant'));
    if (request.headers['x-tenant'] === 'perhaps') return done(new UnavailableError(3));
    request.tenant = { ...tenant, id: String(request.headers['x-tenant'] ?? tenant.id) };
    done();
  });
  registerProtocolSurface(server, {
    cors: new Cors(origins as unknown as ClientOrigins).hook,
    document: (path, { id }) => (id === 'warm' ? { body: `kept ${path}`, etag: '"kept"' } : undefined),
    answer: {
      json: (request, reply, error) => errors.answer(request, reply, error),
      page: (_request, reply, failure) => {
        const { status, headers = {} } = toOAuthError(failure);
        void reply.code(status).headers(headers).type('text/html').send('<p>no</p>');
      },
    },
  });
  for (const url of [JWKS_PATH, USERINFO_PATH, AUTHORIZATION_PATH]) server.get(url, () => 'read');
  for (const url of [TOKEN_PATH, USERINFO_PATH, AUTHORIZATION_PATH]) server.post(url, () => 'written');
  await server.ready();
});
afterAll(() => server.close());

const call = async (method: string, url: string, rest: InjectOptions = {}) =>
  server.inject({ method: method as 'GET', url, ...rest });

describe('RFC 7517 §5, RFC 8414 §3 a document in memory', () => {
  const warm = { 'x-tenant': 'warm' };

  it('is answered ahead of its controller, to whom it may be shown', async () => {
    const { statusCode, headers, body } = await call('GET', JWKS_PATH, { headers: { ...warm, origin: ORIGIN } });
    expect({ statusCode, body, etag: headers.etag }).toEqual({
      statusCode: 200,
      body: `kept ${JWKS_PATH}`,
      etag: '"kept"',
    });
    expect(headers['access-control-allow-origin']).toBe(ORIGIN);
  });

  it('is not sent again to whoever has it', async () => {
    const { statusCode, body } = await call('GET', JWKS_PATH, { headers: { ...warm, 'if-none-match': '"kept"' } });
    expect({ statusCode, body }).toEqual({ statusCode: 304, body: '' });
  });

  it.each(['POST', 'PUT', 'DELETE'])('is no answer to %s', async (method) => {
    expect((await call(method, JWKS_PATH, { headers: warm })).statusCode).toBe(405);
  });

  it('that is not there is asked of the controller, and no other endpoint has one', async () => {
    expect((await call('GET', JWKS_PATH)).body).toBe('read');
    expect((await call('GET', USERINFO_PATH, { headers: warm })).body).toBe('read');
  });
});

describe('OAuth 2.1 §3.2, RFC 6749 §3.2 S-015 S-050 other methods', () => {
  it.each([
    ['GET', TOKEN_PATH, 'POST'],
    ['PUT', TOKEN_PATH, 'POST'],
    ['POST', JWKS_PATH, 'GET, HEAD'],
    ['DELETE', USERINFO_PATH, 'GET, POST'],
  ])('%s %s is answered with 405 in the OAuth dialect', async (method, url, allow) => {
    const { statusCode, headers, json } = await call(method, url);
    expect({ statusCode, allow: headers.allow }).toEqual({ statusCode: 405, allow });
    expect(json()).toMatchObject({ error: 'invalid_request' });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('at a page are answered with a page', async () => {
    const { statusCode, headers, body } = await call('PUT', AUTHORIZATION_PATH);
    expect({ statusCode, allow: headers.allow, body }).toMatchObject({ statusCode: 405, body: '<p>no</p>' });
  });

  it('leave HEAD to documents', async () => {
    const { statusCode } = await call('HEAD', JWKS_PATH);
    expect(statusCode).toBe(200);
    expect((await call('HEAD', TOKEN_PATH)).statusCode).toBe(405);
  });
});

describe('S-175 where no tenant is served', () => {
  it.each([
    ['POST', TOKEN_PATH],
    ['GET', TOKEN_PATH],
    ['GET', JWKS_PATH],
    ['OPTIONS', TOKEN_PATH],
    ['GET', AUTHORIZATION_PATH],
  ])('the application answers %s %s', async (method, url) => {
    const { statusCode, body } = await call(method, url, { headers: { 'x-tenant': 'unknown', origin: ORIGIN } });
    expect({ statusCode, body }).toEqual({ statusCode: 404, body: 'no such tenant' });
  });
});

it.each([
  ['POST', TOKEN_PATH, { error: 'temporarily_unavailable' }],
  ['POST', USERINFO_PATH, { error: 'temporarily_unavailable' }],
  ['GET', AUTHORIZATION_PATH, undefined],
])('S-080 where nobody can say whether a tenant is served, %s %s answers in its own dialect', async (...expected) => {
  const log = jest.spyOn(Logger.prototype, 'error').mockImplementation();
  const [method, url, error] = expected;
  const { statusCode, headers, body, json } = await call(method, url, { headers: { 'x-tenant': 'perhaps' } });
  expect({ statusCode, retry: headers['retry-after'] }).toEqual({ statusCode: 503, retry: '3' });
  if (error) expect(json()).toMatchObject(error);
  else expect(body).toBe('<p>no</p>');
  log.mockRestore();
});

describe('RFC 6749 §3.2 S-050 other contents', () => {
  it.each([
    ['application/json', '{"grant_type":"x"}'],
    ['text/plain', 'grant_type=x'],
    ['application/json', '{broken'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/x-www-form-urlencoded-not', 'a=b'],
  ])('%s is answered with 415', async (type, payload) => {
    const { statusCode, json } = await call('POST', TOKEN_PATH, { headers: { 'content-type': type }, payload });
    expect(statusCode).toBe(415);
    expect(json()).toMatchObject({ error: 'invalid_request' });
  });

  it.each([
    ['a form', { headers: form, payload: 'a=b' }],
    [
      'a form with a charset',
      { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }, payload: 'a=b' },
    ],
    ['nothing', {}],
  ])('%s is let through', async (_name, rest) => {
    expect((await call('POST', TOKEN_PATH, rest)).body).toBe('written');
  });

  it('S-183 too much is answered with 413 in the OAuth dialect', async () => {
    const { statusCode, json } = await call('POST', TOKEN_PATH, { headers: form, payload: 'a'.repeat(2000) });
    expect({ statusCode, body: json() }).toMatchObject({ statusCode: 413, body: { error: 'invalid_request' } });
  });
});

describe('RFC 9700 §2.6, Fetch §3.2 S-005 other origins', () => {
  const allowed = 'access-control-allow-origin';

  it('may read when a client has registered them', async () => {
    const { headers } = await call('GET', JWKS_PATH, { headers: { origin: ORIGIN } });
    expect(headers).toMatchObject({ [allowed]: ORIGIN, vary: 'origin' });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each(['null', 'https://evil.example', `${ORIGIN}.evil.example`, 'http://spa.example', `${ORIGIN}:8443`])(
    'may not when they are %s',
    async (origin) => {
      for (const method of ['GET', 'OPTIONS']) {
        expect((await call(method, JWKS_PATH, { headers: { origin } })).headers).not.toHaveProperty(allowed);
      }
    },
  );

  it('are told before they send what is not simple', async () => {
    const { statusCode, headers } = await call('OPTIONS', TOKEN_PATH, { headers: { origin: ORIGIN } });
    expect(statusCode).toBe(204);
    expect(headers).toMatchObject({ [allowed]: ORIGIN, 'access-control-allow-methods': 'GET, POST' });
  });

  it('S-004 are told nothing at a page', async () => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const { headers } = await call(method, AUTHORIZATION_PATH, { headers: { origin: ORIGIN } });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('wait when nobody can say', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    const { statusCode, headers } = await call('GET', JWKS_PATH, { headers: { origin: ORIGIN, 'x-tenant': 'away' } });
    expect({ statusCode, retry: headers['retry-after'] }).toEqual({ statusCode: 503, retry: '7' });
    log.mockRestore();
  });
});

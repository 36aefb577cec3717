import { OAuthError } from '@tokenidp/kernel';
import type { FastifyReply } from 'fastify';
import { FixedClock, httpRequestLike, NOW, refusalOf, tenant } from '../../test/samples';
import { appLike } from '../../test/token-samples';
import type { ClientAuthenticator } from '../client-auth/client-authenticator';
import type { Grant, TokenRequest } from '../grants/grant';
import { GrantRegistry } from '../grants/grant-registry';
import type { ConstrainedCall, SenderConstraint } from './sender-constraint';
import { TokenController } from './token.controller';

function setUp(grantTypes = ['refresh_token']) {
  const requests: TokenRequest[] = [];
  const grant: Grant = {
    grantType: 'refresh_token',
    parameters: ['resource'],
    repeatable: ['resource'],
    exchange: async (request) => {
      requests.push(request);
      return { access_token: 'at', token_type: 'Bearer', expires_in: 1 };
    },
  };
  const client = appLike({ grant_types: grantTypes as ['refresh_token'] });
  const clientAuth = {
    authenticate: async ({ authorization }: { authorization?: string }) => {
      if (authorization !== 'Basic ok') throw new OAuthError('invalid_client', 'no');
      return client;
    },
  };
  const asked: ConstrainedCall[] = [];
  const senders = { confirm: async (call: ConstrainedCall) => (asked.push(call), { jkt: 'key' }) };
  const controller = new TokenController(
    clientAuth as unknown as ClientAuthenticator,
    new GrantRegistry([grant]),
    senders as unknown as SenderConstraint,
    new FixedClock(),
  );
  const sent: { headers: object; body?: string } = { headers: {} };
  const reply = {
    headers: (headers: object) => (Object.assign(sent.headers, headers), reply),
    type: (type: string) => (Object.assign(sent.headers, { type }), reply),
    send: (body: string) => ((sent.body = body), reply),
  };
  const call = (body: string, authorization = 'Basic ok') =>
    controller.token(httpRequestLike({ authorization }, { body }), reply as unknown as FastifyReply);
  return { call, requests, sent, client, asked };
}

describe('OAuth 2.1 §3.2, §3.2.3 the token endpoint', () => {
  it('hands a finished request to the grant, and its answer out, never to be stored', async () => {
    const { call, requests, sent, client, asked } = setUp();
    await call('grant_type=refresh_token&resource=a&resource=b');
    expect(requests).toMatchObject([{ tenant, client, now: NOW, context: { requestId: 'request', ip: '192.0.2.1' } }]);
    expect(requests[0]?.confirmation).toEqual({ jkt: 'key' });
    expect(asked).toMatchObject([{ tenant, client, path: '/token' }]);
    expect(requests[0]?.parameters.all('resource')).toEqual(['a', 'b']);
    expect(JSON.parse(sent.body ?? '')).toEqual({ access_token: 'at', token_type: 'Bearer', expires_in: 1 });
    expect(sent.headers).toMatchObject({
      'cache-control': 'no-store',
      type: expect.stringContaining('application/json'),
    });
  });

  it.each([
    [
      'S-014 a parameter that comes twice',
      'grant_type=refresh_token&grant_type=refresh_token',
      'Basic ok',
      'invalid_request',
    ],
    ['a client that is not known, before all else', 'grant_type=nonsense', 'Basic no', 'invalid_client'],
    ['no grant', '', 'Basic ok', 'invalid_request'],
    ['S-059 a grant nobody has', 'grant_type=password', 'Basic ok', 'unsupported_grant_type'],
  ])('refuses %s', async (_name, body, authorization, error) => {
    const { call, requests, asked } = setUp();
    await expect(refusalOf(() => call(body, authorization))).resolves.toBe(error);
    expect({ requests, asked }).toEqual({ requests: [], asked: [] });
  });

  it('S-059 refuses a grant that the client has not registered', async () => {
    const { call } = setUp(['authorization_code']);
    await expect(refusalOf(() => call('grant_type=refresh_token'))).resolves.toBe('unauthorized_client');
  });
});

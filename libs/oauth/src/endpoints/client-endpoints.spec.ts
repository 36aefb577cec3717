import type { FastifyReply } from 'fastify';
import { FixedClock, httpRequestLike, refusalOf, tenant } from '../../test/samples';
import { appLike, signer } from '../../test/token-samples';
import type { ClientAuthenticator } from '../client-auth/client-authenticator';
import type { Introspector } from '../tokens/introspector';
import type { Revoker } from '../tokens/revoker';
import { SignedIntrospection } from '../tokens/signed-introspection';
import { IntrospectionController } from './introspection.controller';
import { RevocationController } from './revocation.controller';

function setUp(client = appLike()) {
  const clientAuth = { authenticate: async () => client } as unknown as ClientAuthenticator;
  const calls: unknown[] = [];
  const sent: { headers: Record<string, string>; body?: string } = { headers: {} };
  const reply = {
    headers: (headers: object) => (Object.assign(sent.headers, headers), reply),
    type: () => reply,
    send: (body?: string) => ((sent.body = body), reply),
  } as unknown as FastifyReply;
  const introspector = {
    introspect: async (...call: unknown[]) => (calls.push(call), { active: false }),
  } as unknown as Introspector;
  const revoker = { revoke: async (call: unknown) => void calls.push(call) } as unknown as Revoker;
  const http = (body: string) => httpRequestLike({}, { method: 'POST', body });
  return {
    calls,
    sent,
    introspect: (body: string) =>
      new IntrospectionController(
        clientAuth,
        introspector,
        new SignedIntrospection(signer, new FixedClock()),
      ).introspect(http(body), reply),
    revoke: (body: string) => new RevocationController(clientAuth, revoker).revoke(http(body), reply),
  };
}

describe('RFC 7662 §2 the introspection endpoint', () => {
  it('says what there is to say to the client, never to be stored', async () => {
    const { introspect, calls, sent } = setUp();
    await introspect('token=abc&token_type_hint=nonsense');
    expect(calls).toEqual([[tenant, appLike(), 'abc']]);
    expect(sent).toMatchObject({ body: '{"active":false}', headers: { 'cache-control': 'no-store' } });
  });

  it('S-081 is closed to clients that cannot authenticate', async () => {
    const { introspect, calls } = setUp(appLike({ isConfidential: false }));
    await expect(refusalOf(() => introspect('token=abc'))).resolves.toBe('invalid_client');
    expect(calls).toEqual([]);
  });

  it('needs a token', async () => {
    await expect(refusalOf(() => setUp().introspect(''))).resolves.toBe('invalid_request');
  });
});

describe('RFC 7009 §2 the revocation endpoint', () => {
  it('answers with nothing when it is done', async () => {
    const { revoke, calls, sent } = setUp(appLike({ isConfidential: false }));
    await revoke('token=abc');
    expect(calls).toMatchObject([{ tenant, token: 'abc', context: { requestId: 'request' } }]);
    expect(sent).toMatchObject({ body: undefined, headers: { 'cache-control': 'no-store' } });
  });

  it('needs a token', async () => {
    await expect(refusalOf(() => setUp().revoke('token='))).resolves.toBe('invalid_request');
  });
});

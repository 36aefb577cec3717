import type { KeysService } from '@tokenidp/keys';
import type { FastifyReply } from 'fastify';
import { httpRequestLike, SINGLE, tenant } from '../../test/samples';
import type { SessionPort } from '../authorize/interaction';
import type { ClientAuthMethod } from '../client-auth/client-auth-method';
import { GrantRegistry } from '../grants/grant-registry';
import { DiscoveryController } from './discovery.controller';
import { JwksController } from './jwks.controller';

const keys = {
  algorithms: () => ['ES256', 'RS256'],
  jwks: async (tenantId: string) => ({ body: `{"keys":["${tenantId}"]}`, etag: '"keys"' }),
} as unknown as KeysService;
const sessions = { acrValues: [SINGLE] } as unknown as SessionPort;
const discovery = new DiscoveryController(
  [{ name: 'none' } as ClientAuthMethod],
  new GrantRegistry([]),
  keys,
  sessions,
);

function replyTo(answer: (reply: FastifyReply) => unknown) {
  const sent: { etag?: string; body?: string } = {};
  const reply = {
    headers: () => reply,
    header: (name: string, value: string) => (Object.assign(sent, { [name]: value }), reply),
    send: (body: string) => ((sent.body = body), reply),
  } as unknown as FastifyReply;
  return Promise.resolve(answer(reply)).then(() => sent);
}

const metadata = (of = tenant) => replyTo((reply) => discovery.metadata(httpRequestLike({}, { tenant: of }), reply));

describe('OIDC Discovery §4, RFC 8414 §3 the metadata document', () => {
  it('is composed once per tenant', async () => {
    const stringify = jest.spyOn(JSON, 'stringify');
    const first = await metadata();
    expect(JSON.parse(first.body ?? '')).toMatchObject({ issuer: tenant.issuer, acr_values_supported: [SINGLE] });
    stringify.mockClear();
    await expect(metadata()).resolves.toEqual(first);
    expect(stringify).not.toHaveBeenCalled();
    stringify.mockRestore();
  });

  it('is another one when the tenant has changed', async () => {
    const first = await metadata();
    const other = await metadata({ ...tenant, issuer: 'https://other.example' });
    expect(other.etag).not.toBe(first.etag);
    expect(JSON.parse(other.body ?? '')).toMatchObject({ issuer: 'https://other.example' });
  });
});

describe('RFC 7517 §5, OIDC Core §10.1.1 the key set', () => {
  it('S-098 is the one of the tenant', async () => {
    const sent = await replyTo((reply) => new JwksController(keys).jwks(httpRequestLike(), reply));
    expect(sent).toEqual({ etag: '"keys"', body: `{"keys":["${tenant.id}"]}` });
  });
});

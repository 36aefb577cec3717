import type { GuardedHttpClient, OutboundRequest } from '@tokenidp/kernel';
import { RegistrationError } from '../registration/registration-error';
import { isDocumentAddress } from './document-address';
import { fetchDocument } from './metadata-document';

const ADDRESS = 'https://app.test/client';

interface Served {
  status?: number;
  headers?: Record<string, string>;
  document?: unknown;
}

async function fetched({ status = 200, headers = {}, document = { client_id: ADDRESS } }: Served) {
  const asked: (OutboundRequest | undefined)[] = [];
  const http = {
    fetch: async (_url: string, request?: OutboundRequest) => {
      asked.push(request);
      const body = typeof document === 'string' ? document : JSON.stringify(document);
      const json = () => JSON.parse(body) as unknown;
      return { status, headers: { 'content-type': 'application/json', ...headers }, json };
    },
  } as unknown as GuardedHttpClient;
  return { ...(await fetchDocument(http, ADDRESS)), asked };
}

describe('the document of a client', () => {
  it('draft-ietf-oauth-client-id-metadata-document §4.1, §8.7 has no method unless it says so, and at most 5 kB', async () => {
    const { metadata, asked } = await fetched({});
    expect(metadata).toEqual({ client_name: ADDRESS, token_endpoint_auth_method: 'none' });
    expect(asked).toEqual([{ accept: 'application/json', maxBytes: 5_120 }]);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'application/client-metadata+json'])(
    'draft-ietf-oauth-client-id-metadata-document §4 may be %s',
    async (type) => {
      expect((await fetched({ headers: { 'content-type': type } })).metadata).toBeDefined();
    },
  );

  it.each<[string, Served]>([
    ['is elsewhere', { status: 302 }],
    ['was never changed', { status: 304 }],
    ['is text', { headers: { 'content-type': 'text/plain' } }],
    ['is a page with a word in it', { headers: { 'content-type': 'text/html; x=application/json' } }],
    ['is a list', { document: [] }],
    ['is null', { document: 'null' }],
    ['is broken', { document: '{' }],
    ['has no name', { document: {} }],
    ['has another name', { document: { client_id: `${ADDRESS}/` } }],
    ['has its name in another case', { document: { client_id: ADDRESS.toUpperCase() } }],
    ['has a name that is no text', { document: { client_id: [ADDRESS] } }],
    ['holds a secret', { document: { client_id: ADDRESS, client_secret: 's' } }],
    ['holds no secret, but its place', { document: { client_id: ADDRESS, client_secret: null } }],
    ['shares a secret', { document: { client_id: ADDRESS, token_endpoint_auth_method: 'client_secret_post' } }],
    ['has methods', { document: { client_id: ADDRESS, token_endpoint_auth_method: ['none', 'x'] } }],
  ])('draft-ietf-oauth-client-id-metadata-document §4, §4.1 is none when it %s', async (_title, served) => {
    await expect(fetched(served)).rejects.toBeInstanceOf(RegistrationError);
  });

  it.each<[Record<string, string>, number]>([
    [{}, 3_600],
    [{ 'cache-control': 'max-age=600' }, 600],
    [{ 'cache-control': 'public, max-age="600"' }, 600],
    [{ 'cache-control': 'max-age=600', age: '200' }, 400],
    [{ 'cache-control': 'max-age=600', age: 'old' }, 600],
    [{ 'cache-control': 'max-age=0' }, 300],
    [{ 'cache-control': 'no-store, max-age=600' }, 300],
    [{ 'cache-control': 'no-cache' }, 300],
    [{ 'cache-control': 's-max-age=1' }, 3_600],
    [{ 'cache-control': 'max-age=99999999' }, 86_400],
  ])(
    'draft-ietf-oauth-client-id-metadata-document §5.2 with %j is believed for %i seconds',
    async (headers, expected) => {
      expect((await fetched({ headers })).ageSeconds).toBe(expected);
    },
  );
});

describe('isDocumentAddress', () => {
  it.each(['https://app.test/client', 'https://app.test:8443/c.json', 'https://app.test/', 'https://app.test/c?v=1'])(
    'draft-ietf-oauth-client-id-metadata-document §3 takes %s',
    (address) => expect(isDocumentAddress(address)).toBe(true),
  );

  it.each([
    '',
    'app',
    'http://app.test/client',
    'https://app.test',
    'https://app.test:443/client',
    'https://APP.test/client',
    'HTTPS://app.test/client',
    'https://user@app.test/client',
    'https://:pass@app.test/client',
    'https://app.test/client#x',
    'https://app.test/client#',
    'https://app.test/a/../client',
    'https://app.test/./client',
    'https://app.test/%2e%2E/client',
    'https://app.test/client/..',
    'https://ａpp.test/client',
    'https://app.test/cli\tent',
    ' https://app.test/client',
    `https://app.test/${'x'.repeat(255)}`,
  ])('draft-ietf-oauth-client-id-metadata-document §3 does not take %j', (address) => {
    expect(isDocumentAddress(address)).toBe(false);
  });
});

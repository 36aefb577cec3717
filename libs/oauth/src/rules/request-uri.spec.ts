import { randomToken, sha256 } from '@tokenidp/kernel';
import { clientLike, contextLike, refusalOf, refusedObject, requestLike, tenant } from '../../test/samples';
import type { AuthorizationRequest } from '../authorize/authorization-request';
import { noRequestUri, PUSHED_REQUEST_PREFIX, requestUri } from './request-uri';

const REFERENCE = randomToken('tpr');
const PUSHED = PUSHED_REQUEST_PREFIX + REFERENCE;
const HASH = 'LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ';
const authorizationRequests = { ...tenant.settings.authorizationRequests, byReference: true };
const fetching = { ...tenant, settings: { ...tenant.settings, authorizationRequests } };

const contextOf = (clientId = clientLike().id) => {
  const find = jest.fn(async (tenantId: string, hash: string) =>
    tenantId === tenant.id && hash === sha256(REFERENCE)
      ? { id: 'p1', clientId, parameters: { client_id: 'app', state: 'pushed' } }
      : null,
  );
  return { ...contextLike({ pushedRequests: { find } }), find };
};

async function read(request: AuthorizationRequest, context: Parameters<typeof requestUri>[1] = contextOf()) {
  await requestUri(request, context);
  return request;
}

describe('request_uri of a pushed request', () => {
  it('RFC 9126 §4 takes the place of every parameter beside it', async () => {
    const request = await read(
      requestLike({ request_uri: PUSHED, client_id: 'app', state: 'outside', scope: 'admin' }),
    );
    expect(request.parameters.toJSON()).toEqual({ client_id: 'app', state: 'pushed' });
    expect(request.pushedRequestId).toBe('p1');
  });

  it('RFC 9126 §4 S-111 belongs to its client', async () => {
    const call = () => requestUri(requestLike({ request_uri: PUSHED }), contextOf('another'));
    expect(await refusalOf(call)).toBe('invalid_request_uri');
  });

  it.each([
    ['unknown', PUSHED_REQUEST_PREFIX + randomToken('tpr'), 1],
    ['made up', `${PUSHED_REQUEST_PREFIX}abc`, 0],
    ['a code', PUSHED_REQUEST_PREFIX + randomToken('tac'), 0],
    ['cut off', PUSHED.slice(0, -1), 0],
  ])('RFC 9126 §4 S-111 is refused when it is %s, looked for only when it could be one', async (_, uri, reads) => {
    const context = contextOf();
    const request = requestLike({ request_uri: uri, redirect_uri: 'https://app.example/callback' });
    expect(await refusalOf(() => requestUri(request, context))).toBe('invalid_request_uri');
    expect(context.find).toHaveBeenCalledTimes(reads);
  });

  it.each([
    ['request_uri=https://app.example/r', 'invalid_request'],
    [`request_uri=${PUSHED}`, 'invalid_request'],
    ['request_uri=', undefined],
  ])('RFC 9126 §2.1 S-112 is not itself pushed: %j is answered with %s', async (query, error) => {
    expect(await refusalOf(() => noRequestUri(requestLike(query)))).toBe(error);
  });
});

describe('request_uri of a request object', () => {
  const uri = `https://app.example/r#${HASH}`;
  const client = clientLike({ request_uris: [uri, 'https://app.example/s'] });
  const fetched: string[] = [];
  const fetch = async (from: string) => {
    fetched.push(from);
    return 'a.b.c';
  };
  const context = contextLike({ tenant: fetching, requestObjects: { verify: refusedObject, fetch } });
  beforeEach(() => fetched.splice(0));

  it.each([uri, 'https://app.example/s', `https://app.example/s#${HASH}`])(
    'OIDC Core §6.2 is fetched where it is registered: %s',
    async (sent) => {
      const request = await read(requestLike({ request_uri: sent }, { client }), context);
      expect([request.requestObject, request.refusal]).toEqual(['a.b.c', undefined]);
      expect(fetched).toEqual([sent]);
    },
  );

  it.each([
    ['is not registered', { request_uri: 'https://app.example/other' }, 'invalid_request_uri'],
    ['has more than is registered', { request_uri: 'https://app.example/s?x=1' }, 'invalid_request_uri'],
    ['is registered with a hash alone', { request_uri: 'https://app.example/r' }, 'invalid_request_uri'],
    ['is no https URL', { request_uri: 'file:///etc/passwd' }, 'invalid_request_uri'],
    ['stands beside a request', { request_uri: uri, request: 'a.b.c' }, 'invalid_request'],
  ])('RFC 9101 §10.4 S-114 is not fetched when it %s', async (_, parameters, error) => {
    const request = await read(requestLike(parameters, { client }), context);
    expect(request.refusal?.error).toBe(error);
    expect(fetched).toEqual([]);
  });

  it('OIDC Core §6.2, RFC 9101 §5.2 S-114 is not supported unless the tenant wants it', async () => {
    const request = await read(requestLike({ request_uri: uri }, { client }), contextLike());
    expect(request.refusal?.error).toBe('request_uri_not_supported');
  });

  it('leaves alone what has none', async () => {
    expect((await read(requestLike('state=s1&request_uri='))).refusal).toBeUndefined();
  });
});

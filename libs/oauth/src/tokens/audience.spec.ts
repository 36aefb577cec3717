import { assignmentOf, clientLike, refusalOf, tenant } from '../../test/samples';
import { API } from '../../test/token-samples';
import { type AudienceRequest, resolveAudience } from './audience';

const OTHER = 'https://other.example';
const OPAQUE = 'https://opaque.example';
const SHARED = 'https://shared.example';
const jwt = { tokenFormat: 'jwt', algorithm: 'ES256' } as const;
const client = clientLike({
  assignments: [
    assignmentOf(API, ['api.read', 'api.write'], jwt),
    assignmentOf(OTHER, ['other.read'], jwt),
    assignmentOf(OPAQUE, ['opaque.read'], { ...jwt, tokenFormat: 'opaque' }),
    assignmentOf(SHARED, ['api.read', 'shared.read'], jwt),
    { ...assignmentOf('https://robots.example', [], jwt), clientScopes: ['robot'] },
  ],
});
const { issuer } = tenant;

const request = (scope: string, changes: Partial<AudienceRequest> = {}): AudienceRequest => ({
  client,
  issuer,
  scopes: new Set(scope.split(' ').filter(Boolean)),
  named: [],
  granted: [],
  party: 'userScopes',
  ...changes,
});
const resolve = (scope: string, changes?: Partial<AudienceRequest>) => {
  const { audience, scope: remaining, resources } = resolveAudience(request(scope, changes));
  return { audience, scope: remaining, apis: resources.map(({ identifier }) => identifier) };
};

describe('RFC 9068 §3 the audience without a resource parameter', () => {
  it.each([
    ['openid profile', [issuer], []],
    ['', [issuer], []],
    ['api.write', [API], [API]],
    ['openid api.write', [API, issuer], [API]],
    ['openid offline_access other.read', [OTHER, issuer], [OTHER]],
    ['api.read api.write', [API], [API]],
    ['api.read shared.read', [SHARED], [SHARED]],
  ])('of the scopes "%s"', (scope, audience, apis) => {
    expect(resolve(scope)).toEqual({ audience, scope, apis });
  });

  it.each(['api.read', 'api.write other.read', 'openid api.write opaque.read'])(
    'is not clear from "%s"',
    async (scope) => {
      await expect(refusalOf(() => resolve(scope))).resolves.toBe('invalid_target');
    },
  );

  it('forgets scopes that the client has lost', () => {
    expect(resolve('openid gone.read')).toEqual({ audience: [issuer], scope: 'openid', apis: [] });
    expect(resolve('openid gone.read api.write').scope).toBe('openid api.write');
  });
});

describe('RFC 8707 §2.2 the audience with a resource parameter', () => {
  it('is what was named, and holds its scopes only', () => {
    const expected = { audience: [API], scope: 'openid api.write', apis: [API] };
    expect(resolve('openid api.write other.read', { named: [API] })).toEqual(expected);
    expect(resolve('openid api.write other.read', { named: [API], granted: [OTHER, API] })).toEqual(expected);
  });

  it('S-095 does not hold the provider unless it was named', () => {
    expect(resolve('openid api.write', { named: [issuer] })).toEqual({ audience: [issuer], scope: 'openid', apis: [] });
    expect(resolve('openid api.write', { named: [API, issuer] }).audience).toEqual([API, issuer]);
  });

  it('is all that was granted when none is named', () => {
    const expected = { audience: [API, OTHER], scope: 'api.write other.read', apis: [API, OTHER] };
    expect(resolve('api.write other.read', { granted: [API, OTHER] })).toEqual(expected);
  });

  it('names each resource once', () => {
    expect(resolve('api.write', { named: [API, API] }).audience).toEqual([API]);
  });

  it.each([
    ['a resource nobody knows', 'api.write', { named: ['https://evil.example'] }],
    ['a resource for clients themselves', 'api.write', { named: ['https://robots.example'] }],
    ['S-073 a resource that was not granted', 'api.write other.read', { named: [OTHER], granted: [API] }],
    ['S-073 a resource none of the scopes belongs to', 'openid api.write', { named: [OTHER] }],
    ['the provider without openid', 'api.write', { named: [issuer] }],
    ['a resource that the client has lost', 'api.write', { granted: ['https://gone.example'] }],
    ['resources with different kinds of tokens', 'api.write opaque.read', { granted: [API, OPAQUE] }],
  ])('is refused for %s', async (_name, scope, changes) => {
    await expect(refusalOf(() => resolve(scope, changes))).resolves.toBe('invalid_target');
  });
});

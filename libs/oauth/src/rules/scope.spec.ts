import { assignmentOf, clientLike, contextLike, refusalOf, requestLike } from '../../test/samples';
import { scope } from './scope';

const A = 'https://a.example';
const B = 'https://b.example';
const client = clientLike({
  assignments: [assignmentOf(A, ['read', 'write', 'users.admin']), assignmentOf(B, ['read', 'send'])],
});

const run = (value: string | undefined, narrowed: object = {}) => {
  const request = requestLike(value === undefined ? {} : { scope: value }, { client, ...narrowed });
  scope(request, contextLike());
  return { scopes: [...request.scopes], apiScopes: request.apiScopes };
};

describe('scope', () => {
  it.each([
    ['openid profile email', ['openid', 'profile', 'email'], {}],
    ['email openid', ['email', 'openid'], {}],
    ['openid openid', ['openid'], {}],
    [undefined, ['openid'], {}],
    ['', ['openid'], {}],
    ['openid write', ['openid', 'write'], { [A]: ['write'] }],
    ['read write', ['read', 'write'], { [A]: ['read', 'write'] }],
    ['send', ['send'], { [B]: ['send'] }],
  ])('RFC 6749 §3.3 narrows %j to %j', (value, scopes, apiScopes) => {
    expect(run(value)).toEqual({ scopes, apiScopes });
  });

  it('RFC 6749 §3.3 takes an omitted scope for the default set of the client, as far as it is allowed and asked about', () => {
    const narrow = { client: { ...client, default_scope: 'openid email write send gone', scope: 'openid write send' } };
    expect(run(undefined, { ...narrow, resources: [A] })).toEqual({
      scopes: ['openid', 'write'],
      apiScopes: { [A]: ['write'] },
    });
    expect(run(undefined, { ...narrow, resources: [A, B] }).scopes).toEqual(['openid', 'write', 'send']);
    expect(run('openid', narrow).scopes).toEqual(['openid']);
  });

  it('RFC 8707 §2.1 lets resource say which API a scope belongs to', () => {
    expect(run('read', { resources: [B] }).apiScopes).toEqual({ [B]: ['read'] });
    expect(run('read send', { resources: [A, B] }).apiScopes).toEqual({ [A]: ['read'], [B]: ['read', 'send'] });
  });

  it.each([
    ['admin', {}, 'invalid_scope'],
    ['openid READ', {}, 'invalid_scope'],
    ['read"', {}, 'invalid_scope'],
    ['rëad', {}, 'invalid_scope'],
    ['write', { resources: [B] }, 'invalid_scope'],
    ['read', {}, 'invalid_target'],
    ['write send', {}, 'invalid_target'],
  ])('RFC 6749 §4.1.2.1 refuses %j at %j with %s', async (value, narrowed, error) => {
    expect(await refusalOf(() => run(value, narrowed))).toBe(error);
  });

  it('RFC 7591 §2 holds a client to the scopes it has registered', async () => {
    const narrow = { client: { ...client, scope: 'openid write' } };
    expect(run('openid write', narrow).scopes).toEqual(['openid', 'write']);
    expect(await refusalOf(() => run('openid email', narrow))).toBe('invalid_scope');
    expect(await refusalOf(() => run('users.admin', narrow))).toBe('invalid_scope');
  });

  it.each([
    ['admin', undefined],
    ['built-in', undefined],
    ['registered', 'invalid_scope'],
    ['metadata', 'invalid_scope'],
  ] as const)('S-153 OAuth 2.1 §7.9 sensitive scope of a client of origin %s: %s', async (origin, error) => {
    expect(await refusalOf(() => run('users.admin', { client: { ...client, origin } }))).toBe(error);
  });

  it('OIDC Core §11 ignores offline_access where no refresh token can follow', () => {
    const without = clientLike({ grant_types: ['authorization_code'] });
    expect(run('openid offline_access', { client: without }).scopes).toEqual(['openid']);
    expect(run('openid offline_access').scopes).toEqual(['openid', 'offline_access']);
  });
});

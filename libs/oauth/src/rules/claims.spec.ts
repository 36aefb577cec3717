import { refusalOf, requestLike } from '../../test/samples';
import { claims } from './claims';

const OPENID = { scopes: new Set(['openid']) };

const run = (value: unknown, narrowed: object = OPENID) => {
  const request = requestLike({ claims: typeof value === 'string' ? value : JSON.stringify(value) }, narrowed);
  claims(request);
  return request;
};

describe('claims', () => {
  it('OIDC Core §5.5 narrows what is asked of userinfo and of the ID token', () => {
    const asked = {
      userinfo: { name: { essential: true }, email: null },
      id_token: { acr: { values: ['a', 'b'] }, auth_time: { essential: true, more: 'x' } },
      other: { sub: null },
    };
    expect(run(asked).claims).toEqual({
      userinfo: { name: { essential: true }, email: null },
      id_token: { acr: { essential: false, values: ['a', 'b'] }, auth_time: { essential: true } },
    });
  });

  it('OIDC Core §5.5.1 takes a requested sub as the user it must be', () => {
    expect(run({ id_token: { sub: { value: 'u1' } } }).subject).toBe('u1');
    expect(run({ userinfo: { sub: { value: 'u2' } } }).subject).toBe('u2');
    expect(run({ userinfo: { sub: null } }).subject).toBeUndefined();
  });

  it('OIDC Core §5.5 is about OpenID requests: without the scope it is not looked at', () => {
    expect(run('not json', { scopes: new Set(['read']) }).claims).toBeUndefined();
  });

  it('OIDC Core §5.5 a claim named __proto__ is a claim like others', () => {
    const { claims: narrowed } = run('{"userinfo":{"__proto__":{"essential":true}}}');
    expect(Object.keys(narrowed?.userinfo ?? {})).toEqual(['__proto__']);
    expect(({} as { essential?: boolean }).essential).toBeUndefined();
  });

  it.each([
    'not json',
    '[]',
    'null',
    '"x"',
    { userinfo: [] },
    { userinfo: 'name' },
    { id_token: { acr: 'x' } },
    { id_token: { acr: { values: 'x' } } },
    { userinfo: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`c${index}`, null])) },
  ])('OIDC Core §5.5 refuses %.40j', async (value) => {
    expect(await refusalOf(() => run(value))).toBe('invalid_request');
  });
});

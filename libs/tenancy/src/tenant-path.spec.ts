import { splitTenantPath } from './tenant-path';

describe('splitTenantPath', () => {
  it.each([
    ['/t/acme', 'acme', '/'],
    ['/t/acme/', 'acme', '/'],
    ['/t/acme?x=1', 'acme', '/?x=1'],
    ['/t/acme/token', 'acme', '/token'],
    ['/t/a-1/authorize?client_id=x&state=/t/other', 'a-1', '/authorize?client_id=x&state=/t/other'],
    ['/t/acme/.well-known/openid-configuration', 'acme', '/.well-known/openid-configuration'],
    ['/t/acme/t/other/token', 'acme', '/t/other/token'],
    ['/t/acme//token', 'acme', '//token'],
    [`/t/${'a'.repeat(40)}/token`, 'a'.repeat(40), '/token'],
  ])('takes the tenant out of %s', (url, slug, rest) => {
    expect(splitTenantPath(url)).toEqual({ slug, url: rest });
  });

  it.each([
    ['/.well-known/oauth-authorization-server/t/acme', '/.well-known/oauth-authorization-server'],
    ['/.well-known/openid-configuration/t/acme', '/.well-known/openid-configuration'],
    ['/.well-known/oauth-authorization-server/t/acme?a=b', '/.well-known/oauth-authorization-server?a=b'],
  ])('RFC 8414 §3.1 reads the path-insertion form %s', (url, rest) => {
    expect(splitTenantPath(url)).toEqual({ slug: 'acme', url: rest });
  });

  it.each([
    '/',
    '/token',
    '/t',
    '/t/',
    '/t?x',
    '//t/acme',
    '/T/acme',
    '/t/Acme/token',
    '/t//acme/token',
    '/t/./acme',
    '/t/../t/acme',
    '/x/../t/acme/token',
    '/t/acme%2ftoken',
    '/t/%61cme/token',
    '/%74/acme/token',
    '/t/acme;x/token',
    '/t/acme#x',
    '/t/acme\\token',
    '/t/-acme/token',
    '/t/acme-/token',
    '/t/ac_me/token',
    '/t/ac.me/token',
    `/t/${'a'.repeat(41)}/token`,
    't/acme/token',
    'http://id.example.com/t/acme/token',
    '/.well-known/jwks.json/t/acme',
    '/.well-known/openid-configuration/t/acme/',
    '/.well-known/openid-configuration/t/acme/token',
    '/.well-known//openid-configuration/t/acme',
    '/.Well-Known/openid-configuration/t/acme',
    '/x?u=/t/acme/token',
  ])('S-175 leaves %s as it is: no tenant, no decoding', (url) => {
    expect(splitTenantPath(url)).toEqual({ slug: undefined, url });
  });
});

import { issuerOf } from './issuer';
import type { TenancyOptions } from './tenancy-options';
import { slugProblem } from './tenant-slug';

const path: TenancyOptions = {
  publicUrl: new URL('https://id.example.com'),
  issuerMode: 'path',
  rootDomain: undefined,
};
const sub: TenancyOptions = { ...path, issuerMode: 'subdomain', rootDomain: 'Tenants.example.com' };
const local: TenancyOptions = { ...path, publicUrl: new URL('http://localhost:3000/') };
const acme = { slug: 'acme', kind: 'standard', issuerMode: 'deployment' } as const;
const system = { ...acme, slug: 'system', kind: 'system' } as const;
const mixed: TenancyOptions = { ...path, rootDomain: 'tenants.example.com' };

describe('issuerOf', () => {
  it.each([
    [path, system, undefined, 'https://id.example.com', '', true],
    [path, acme, undefined, 'https://id.example.com/t/acme', '/t/acme', true],
    [path, acme, 'login.acme.test', 'https://login.acme.test', '', true],
    [sub, system, undefined, 'https://id.example.com', '', true],
    [sub, acme, undefined, 'https://acme.tenants.example.com', '', true],
    [sub, acme, 'login.acme.test', 'https://login.acme.test', '', true],
    [mixed, acme, undefined, 'https://id.example.com/t/acme', '/t/acme', true],
    [mixed, { ...acme, issuerMode: 'subdomain' as const }, undefined, 'https://acme.tenants.example.com', '', true],
    [sub, { ...acme, issuerMode: 'path' as const }, undefined, 'https://id.example.com/t/acme', '/t/acme', true],
    [local, system, undefined, 'http://localhost:3000', '', false],
    [local, acme, undefined, 'http://localhost:3000/t/acme', '/t/acme', false],
    [
      { ...local, issuerMode: 'subdomain', rootDomain: 'localhost' } as TenancyOptions,
      acme,
      undefined,
      'http://acme.localhost:3000',
      '',
      false,
    ],
    [{ ...path, publicUrl: new URL('http://127.0.0.1:8080') }, system, undefined, 'http://127.0.0.1:8080', '', false],
    [{ ...path, publicUrl: new URL('http://id.example.com') }, system, undefined, 'http://id.example.com', '', true],
  ])(
    'RFC 9207 §2.4, RFC 8414 §2 gives each tenant its one issuer (%#)',
    (...[options, tenant, domain, issuer, basePath, secureCookies]) => {
      expect(issuerOf(options, tenant, domain)).toEqual({ issuer, basePath, secureCookies });
    },
  );

  it('RFC 8705 §5 clients with certificates find every tenant by its path, at the place that is theirs', () => {
    const mtlsPublicUrl = new URL('https://mtls.example.com');
    const base = (options: TenancyOptions, tenant: Parameters<typeof issuerOf>[1], domain?: string) =>
      issuerOf({ ...options, mtlsPublicUrl }, tenant, domain).mtlsBase;
    expect(base(path, system)).toBe('https://mtls.example.com');
    expect(base(path, acme)).toBe('https://mtls.example.com/t/acme');
    expect(base(sub, acme)).toBe('https://mtls.example.com/t/acme');
    expect(base(path, acme, 'login.acme.test')).toBe('https://mtls.example.com/t/acme');
    expect(issuerOf(path, acme, undefined)).not.toHaveProperty('mtlsBase');
  });

  it('refuses to guess a root domain', () => {
    expect(() => issuerOf({ ...sub, rootDomain: undefined }, acme, undefined)).toThrow(/TENANT_ROOT_DOMAIN/);
  });
});

describe('slugProblem', () => {
  it.each(['acme', 'a', '7', 'a-b-c', 'a'.repeat(40)])('accepts %s', (slug) => {
    expect(slugProblem(slug)).toBeUndefined();
  });

  it.each([
    '',
    'Acme',
    '-a',
    'a-',
    'a_b',
    'a.b',
    'a b',
    'ü',
    'a'.repeat(41),
    'xn--a',
    'system',
    'admin',
    'www',
    'well-known',
  ])('S-175 refuses %j', (slug) => {
    expect(slugProblem(slug)).toBeDefined();
  });
});

import type { Invalidations } from '@tokenidp/database';
import type { TenancyOptions } from './tenancy-options';
import { TenantDirectory } from './tenant-directory';
import { TenantResolver } from './tenant-resolver';
import type { TenantRow, TenantsRepository } from './tenants.repository';

const path: TenancyOptions = {
  publicUrl: new URL('https://id.example.com'),
  issuerMode: 'path',
  rootDomain: undefined,
};
const subdomain: TenancyOptions = { ...path, issuerMode: 'subdomain', rootDomain: 'tenants.example.com' };
const mixed: TenancyOptions = { ...path, rootDomain: 'tenants.example.com' };
const local: TenancyOptions = { ...path, publicUrl: new URL('http://localhost:3000') };
const localSub: TenancyOptions = { ...local, issuerMode: 'subdomain', rootDomain: 'localhost' };

function row(slug: string, more: Partial<TenantRow> = {}): TenantRow {
  const names = { id: `id-${slug}`, slug, name: slug, displayName: slug };
  return { ...names, status: 'active', kind: 'standard', sandbox: false, settings: {}, domain: null, ...more };
}

const ROWS = [
  row('system', { kind: 'system' }),
  row('acme'),
  row('own', { domain: 'login.own.test' }),
  row('below', { settings: { issuerMode: 'subdomain' } }),
  row('asleep', { status: 'suspended' }),
  row('going', { status: 'deleting' }),
];

function setUp(options: TenancyOptions, rows: TenantRow[] = ROWS) {
  const handlers: ((key: string) => void)[] = [];
  const invalidations = {
    coherent: true,
    on: (_topic: string, handler: (key: string) => void) => handlers.push(handler),
  };
  const asked: string[] = [];
  const find = (name: string, matches: (each: TenantRow) => boolean) => {
    asked.push(name);
    return Promise.resolve(rows.find(matches) ?? null);
  };
  const repository = {
    bySlug: (slug: string) => find(`slug:${slug}`, (each) => each.slug === slug),
    byDomain: (domain: string) => find(`domain:${domain}`, (each) => each.domain === domain),
    system: () => find('system', (each) => each.kind === 'system'),
  };
  const directory = new TenantDirectory(
    invalidations as unknown as Invalidations,
    repository as unknown as TenantsRepository,
    options,
  );
  return {
    resolver: new TenantResolver(directory, options),
    asked,
    rows,
    invalidate: (key: string) => handlers.forEach((each) => each(key)),
  };
}

async function resolved(options: TenancyOptions, host: string, slug?: string): Promise<string | undefined> {
  return (await setUp(options).resolver.resolve(host, slug))?.slug;
}

describe('TenantResolver', () => {
  it.each<[TenancyOptions, string, string | undefined, string]>([
    [path, 'id.example.com', undefined, 'system'],
    [path, 'ID.Example.com', undefined, 'system'],
    [path, 'id.example.com:443', undefined, 'system'],
    [path, 'id.example.com', 'acme', 'acme'],
    [path, 'login.own.test', undefined, 'own'],
    [subdomain, 'id.example.com', undefined, 'system'],
    [subdomain, 'acme.tenants.example.com', undefined, 'acme'],
    [subdomain, 'ACME.tenants.example.com:443', undefined, 'acme'],
    [subdomain, 'login.own.test', undefined, 'own'],
    [mixed, 'below.tenants.example.com', undefined, 'below'],
    [mixed, 'id.example.com', 'acme', 'acme'],
    [local, 'localhost:3000', 'acme', 'acme'],
    [localSub, 'acme.localhost:3000', undefined, 'acme'],
  ])('RFC 8414 §3.3 finds the tenant whose issuer was addressed (%#)', async (options, host, slug, expected) => {
    expect(await resolved(options, host, slug)).toBe(expected);
  });

  it.each<[string, TenancyOptions, string, string | undefined]>([
    ['unknown slug', path, 'id.example.com', 'nobody'],
    ['unknown host', path, 'other.example.com', undefined],
    ['slug at another host', path, 'other.example.com', 'acme'],
    ['suspended tenant', path, 'id.example.com', 'asleep'],
    ['tenant being deleted', path, 'id.example.com', 'going'],
    ['system tenant by its slug', path, 'id.example.com', 'system'],
    ['path of a tenant that has its own domain', path, 'id.example.com', 'own'],
    ['slug below a tenant domain', path, 'login.own.test', 'acme'],
    ['own slug below its own domain', path, 'login.own.test', 'own'],
    ['sub-domain in path mode', path, 'acme.tenants.example.com', undefined],
    ['path of a tenant that has a sub-domain', mixed, 'id.example.com', 'below'],
    ['sub-domain of a tenant that has a path', mixed, 'acme.tenants.example.com', undefined],
    ['path in sub-domain mode', subdomain, 'id.example.com', 'acme'],
    ['sub-domain of a tenant that has its own domain', subdomain, 'own.tenants.example.com', undefined],
    ['slug below a sub-domain', subdomain, 'acme.tenants.example.com', 'acme'],
    ['deeper sub-domain', subdomain, 'x.acme.tenants.example.com', undefined],
    ['system slug as sub-domain', subdomain, 'system.tenants.example.com', undefined],
    ['root domain itself', subdomain, 'tenants.example.com', undefined],
    ['look-alike suffix', subdomain, 'acme.tenants.example.com.evil.test', undefined],
    ['missing port', local, 'localhost', 'acme'],
    ['another port', path, 'id.example.com:8443', undefined],
    ['port 80 of an https issuer', path, 'id.example.com:80', undefined],
    ['trailing dot', path, 'id.example.com.', undefined],
    ['user in the host', path, 'x@id.example.com', undefined],
    ['empty host', path, '', undefined],
    ['two hosts', path, 'id.example.com, evil.test', undefined],
    ['space', path, 'id.example.com ', undefined],
    ['oversized host', path, `${'a.'.repeat(2000)}test`, undefined],
  ])('S-175 RFC 9700 §2.6 knows no tenant: %s', async (_name, options, host, slug) => {
    expect(await resolved(options, host, slug)).toBeUndefined();
  });

  it('RFC 8705 §5 finds each tenant at the host for clients with certificates, by its path alone', async () => {
    const mtlsPublicUrl = new URL('https://mtls.example.com:8443');
    for (const options of [
      { ...path, mtlsPublicUrl },
      { ...subdomain, mtlsPublicUrl },
    ]) {
      const at = (host: string, slug?: string) => resolved(options, host, slug);
      expect(await at('mtls.example.com:8443')).toBe('system');
      expect(await at('MTLS.example.com:8443', 'acme')).toBe('acme');
      expect(await at('mtls.example.com:8443', 'own')).toBe('own');
      for (const slug of ['nobody', 'asleep', 'system'])
        expect(await at('mtls.example.com:8443', slug)).toBeUndefined();
      expect(await at('mtls.example.com', 'acme')).toBeUndefined();
      const { resolver } = setUp(options);
      expect(['mtls.example.com:8443', 'id.example.com'].map((host) => resolver.isForMtls(host))).toEqual([
        true,
        false,
      ]);
    }
    expect(await resolved(path, 'mtls.example.com:8443', 'acme')).toBeUndefined();
  });

  it('answers a known tenant, and an unknown name, from memory', async () => {
    const { resolver, asked } = setUp(path);
    for (let time = 0; time < 3; time += 1) {
      await resolver.resolve('id.example.com', 'acme');
      await resolver.resolve('id.example.com', 'nobody');
    }
    expect(asked).toEqual(['slug:acme', 'slug:nobody']);
  });

  it('S-175 asks the database nothing for a name that no tenant could have', async () => {
    const { resolver, asked } = setUp(subdomain);
    for (const host of ['A_B.tenants.example.com', '-a.tenants.example.com', '10.0.0.1:8080', '[::1]', "a'--.test"]) {
      expect(await resolver.resolve(host, undefined)).toBeNull();
    }
    expect(asked).toEqual([]);
  });

  it('sees a change as soon as it is told of it', async () => {
    const { resolver, rows, invalidate } = setUp(path, [row('acme')]);
    expect((await resolver.resolve('id.example.com', 'acme'))?.slug).toBe('acme');
    rows[0]!.status = 'suspended';
    invalidate('slug:acme');
    expect(await resolver.resolve('id.example.com', 'acme')).toBeNull();
  });
});

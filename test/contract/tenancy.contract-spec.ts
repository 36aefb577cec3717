import { MasterKeys, newId } from '@tokenidp/kernel';
import { DomainRecords, type Tenant, TenancyError, TenantSettingsError } from '@tokenidp/tenancy';
import { randomBytes } from 'node:crypto';
import { type ClientsInstance, openClientsInstance, statementsOf, until } from '../support/clients-instance';
import { createTestDatabase, type TestDatabase } from '../support/database';

const HOST = 'id.example.com';

describe('tenancy', () => {
  let test: TestDatabase;
  let one: ClientsInstance;
  let two: ClientsInstance;
  const records = new Map<string, string>();
  let slugs = 0;

  const newTenant = (more: object = {}) =>
    one.tenants.create({ slug: `tenant-${(slugs += 1)}`, name: 'Tenant', ...more });
  const isServed = async (instance: ClientsInstance, { slug }: Tenant) =>
    (await instance.resolver.resolve(HOST, slug)) !== null;

  beforeAll(async () => {
    test = await createTestDatabase();
    const masterKeys = new MasterKeys([{ id: 'one', key: randomBytes(32) }]);
    // The lookup of TXT records is the one thing a test cannot have for real.
    const dns = { read: async (name: string) => [records.get(name) ?? ''] };
    const options = { url: test.url, masterKeys, overrides: [[DomainRecords, dns]] as [Function, unknown][] };
    [one, two] = await Promise.all([openClientsInstance(options), openClientsInstance(options)]);
  });

  afterAll(async () => {
    await Promise.all([one.module.close(), two.module.close()]);
    await test.drop();
  });

  it('makes one system tenant, however many instances start at once', async () => {
    const made = await Promise.all([one, two, one, two, one].map(({ tenants }) => tenants.createSystemTenant()));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made[0]).toMatchObject({ slug: 'system', kind: 'system', issuer: `https://${HOST}`, basePath: '' });
    expect((await one.resolver.resolve(HOST, undefined))?.id).toBe(made[0]!.id);
    expect((await two.resolver.resolve(HOST, undefined))?.id).toBe(made[0]!.id);
  });

  it('creates a tenant with what other libs add, or nothing at all', async () => {
    const tenant = await newTenant({ slug: 'whole', displayName: 'Whole Inc.', sandbox: true });
    expect(await one.tenants.findBySlug('whole')).toEqual(tenant);
    expect(await two.tenants.findById(tenant.id)).toEqual(tenant);
    expect((await two.clients.find(tenant.id, 'admin-web'))?.redirect_uris).toEqual([
      `${tenant.issuer}/admin/callback`,
    ]);
    const failure = new Error('no');
    const creation = one.tenants.create({ slug: 'half', name: 'Half' }, { within: () => Promise.reject(failure) });
    await expect(creation).rejects.toBe(failure);
    expect(await one.tenants.findBySlug('half')).toBeNull();
    await expect(one.tenants.create({ slug: 'half', name: 'Half' })).resolves.toMatchObject({ slug: 'half' });
  });

  it('costs the same whether it is the first tenant or a later one', async () => {
    const create = () => newTenant();
    const first = await statementsOf(one.database, create);
    for (let count = 0; count < 20; count += 1) await newTenant();
    expect(await statementsOf(one.database, create)).toEqual(first);
  });

  it('gives a slug to one of those who ask for it at once', async () => {
    const asked = await Promise.allSettled(
      [one, two, one, two].map(({ tenants }) => tenants.create({ slug: 'wanted', name: 'Wanted' })),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of asked.filter((result) => result.status === 'rejected')) {
      expect(each.reason).toMatchObject({ name: 'TenancyError', code: 'slug-taken' });
    }
  });

  it('S-175 a name that was unknown a moment ago is served at once, everywhere', async () => {
    expect(await one.resolver.resolve(HOST, 'fresh')).toBeNull();
    expect(await two.resolver.resolve(HOST, 'fresh')).toBeNull();
    const tenant = await newTenant({ slug: 'fresh' });
    expect(await isServed(one, tenant)).toBe(true);
    expect(await until(() => isServed(two, tenant))).toBeLessThan(1_000);
  });

  it('stops serving a suspended tenant within a second, on every instance, and serves it again', async () => {
    const tenant = await newTenant();
    expect(await isServed(two, tenant)).toBe(true);
    await one.tenants.suspend(tenant.id);
    expect(await isServed(one, tenant)).toBe(false);
    expect(await until(async () => !(await isServed(two, tenant)))).toBeLessThan(1_000);
    await two.tenants.resume(tenant.id);
    expect(await until(() => isServed(one, tenant))).toBeLessThan(1_000);
  });

  it('asks the database nothing about a tenant it knows', async () => {
    const tenant = await newTenant();
    // The echo of the creation may still be on its way, and empties the cache once more.
    await until(async () => (await statementsOf(one.database, () => isServed(one, tenant))).length === 0);
    for (let time = 0; time < 50; time += 1) {
      expect(await statementsOf(one.database, () => isServed(one, tenant))).toEqual([]);
    }
  });

  it('keeps what a tenant has chosen and fills in the rest', async () => {
    const tenant = await newTenant({ settings: { lifetimes: { accessTokenSeconds: 120 } } });
    const changed = await one.tenants.updateSettings(tenant.id, { branding: { accent: '#112233' } });
    expect(changed.settings).toMatchObject({
      lifetimes: { accessTokenSeconds: 120, idTokenSeconds: 600 },
      branding: { accent: '#112233' },
      keys: { algorithms: ['ES256', 'RS256'] },
    });
    expect((await one.tenants.findById(tenant.id))?.settings).toEqual(changed.settings);
    const bad = one.tenants.updateSettings(tenant.id, { lifetimes: { accessTokenSeconds: 1 } });
    await expect(bad).rejects.toBeInstanceOf(TenantSettingsError);
    expect((await one.tenants.findById(tenant.id))?.settings).toEqual(changed.settings);
  });

  it('loses no setting when two are changed at once', async () => {
    const tenant = await newTenant();
    await Promise.all([
      one.tenants.updateSettings(tenant.id, { lifetimes: { accessTokenSeconds: 120 } }),
      two.tenants.updateSettings(tenant.id, { lifetimes: { idTokenSeconds: 180 } }),
      two.tenants.updateSettings(tenant.id, { limits: { passwordFreeFailures: 3 } }),
    ]);
    await until(async () => (await one.tenants.findById(tenant.id))?.settings.limits.passwordFreeFailures === 3);
    expect(
      (await one.tenants.list({ after: '', take: 1_000 })).find(({ id }) => id === tenant.id)?.settings,
    ).toMatchObject({
      lifetimes: { accessTokenSeconds: 120, idTokenSeconds: 180 },
      limits: { passwordFreeFailures: 3 },
    });
  });

  it.each<[string, (one: ClientsInstance, system: Tenant) => Promise<unknown>]>([
    ['invalid-slug', ({ tenants }) => tenants.create({ slug: 'system', name: 'x' })],
    ['invalid-slug', ({ tenants }) => tenants.create({ slug: 'No', name: 'x' })],
    ['invalid-name', ({ tenants }) => tenants.create({ slug: 'ok', name: ' ' })],
    ['unknown-tenant', ({ tenants }) => tenants.suspend(newId())],
    ['unknown-tenant', ({ domains }) => domains.claim(newId(), 'login.acme.test')],
    ['system-tenant', ({ tenants }, system) => tenants.suspend(system.id)],
    ['system-tenant', ({ domains }, system) => domains.claim(system.id, 'login.acme.test')],
    ['invalid-domain', ({ domains }, system) => domains.claim(system.id, 'x.id.example.com')],
    ['invalid-domain', ({ domains }, system) => domains.claim(system.id, 'LOGIN.acme.test')],
    ['unknown-domain', ({ domains }, system) => domains.verify(system.id, 'login.acme.test')],
  ])('refuses with %s (%#)', async (code, act) => {
    const refused = act(one, await one.tenants.createSystemTenant());
    await expect(refused).rejects.toBeInstanceOf(TenancyError);
    await expect(refused).rejects.toMatchObject({ code });
  });

  it('lists in the order of slugs, page by page', async () => {
    const all = await one.tenants.list({ take: 1_000 });
    expect(all.map(({ slug }) => slug)).toEqual(all.map(({ slug }) => slug).sort());
    const page = await one.tenants.list({ after: all[1]!.slug, take: 2 });
    expect(page).toEqual(all.slice(2, 4));
  });

  describe('a domain of its own', () => {
    it("is the tenant's at once where the operator vouches for it", async () => {
      const tenant = await newTenant();
      const domain = `vouched.${tenant.slug}.test`;
      expect(await one.domains.vouch(tenant.id, domain)).toMatchObject({ issuer: `https://${domain}` });
      await until(async () => (await two.resolver.resolve(domain, undefined))?.id === tenant.id);
      expect(await one.domains.list(tenant.id)).toMatchObject([{ domain, verified: true }]);
    });

    it('RFC 8414 §3.3 moves the tenant, its portal and its API, and leaves nothing behind', async () => {
      const tenant = await newTenant();
      const domain = `login.${tenant.slug}.test`;
      const { recordName, recordValue } = await one.domains.claim(tenant.id, domain);
      await expect(one.domains.verify(tenant.id, domain)).rejects.toMatchObject({ code: 'domain-not-proven' });
      expect((await two.clients.find(tenant.id, 'admin-web'))?.redirect_uris).toEqual([
        `${tenant.issuer}/admin/callback`,
      ]);
      expect(await two.resolver.resolve(domain, undefined)).toBeNull();

      records.set(recordName, recordValue);
      const moved = await one.domains.verify(tenant.id, domain);
      expect(moved).toMatchObject({ issuer: `https://${domain}`, basePath: '', secureCookies: true });
      await until(async () => (await two.resolver.resolve(domain, undefined))?.id === tenant.id);
      await until(async () => !(await isServed(two, tenant)));
      const portal = await two.clients.find(tenant.id, 'admin-web');
      expect(portal?.redirect_uris).toEqual([`https://${domain}/admin/callback`]);
      expect(portal?.assignments[0]?.resource.identifier).toBe(`https://${domain}/admin/api`);
      expect(await two.resources.findByIdentifier(tenant.id, `https://${domain}/admin/api`)).not.toBeNull();
      expect(await two.resources.findByIdentifier(tenant.id, `${tenant.issuer}/admin/api`)).toBeNull();

      await two.domains.remove(tenant.id, domain);
      await until(() => isServed(one, tenant));
      expect(await one.resolver.resolve(domain, undefined)).toBeNull();
    });

    it('belongs to the one who proves it, whoever else claims it', async () => {
      const [owner, squatter] = [await newTenant(), await newTenant()];
      const domain = 'login.contested.test';
      const squatted = await one.domains.claim(squatter.id, domain);
      const owned = await one.domains.claim(owner.id, domain);
      expect(await one.domains.claim(owner.id, domain)).toEqual(owned);
      records.set(owned.recordName, owned.recordValue);
      await expect(one.domains.verify(squatter.id, domain)).rejects.toMatchObject({ code: 'domain-not-proven' });
      await one.domains.verify(owner.id, domain);
      records.set(squatted.recordName, squatted.recordValue);
      await expect(one.domains.verify(squatter.id, domain)).rejects.toMatchObject({ code: 'domain-taken' });
      expect((await one.resolver.resolve(domain, undefined))?.id).toBe(owner.id);
    });
  });
});

import { newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { type ClientsInstance, statementsOf, until } from '../support/clients-instance';
import { type ClientsSuite, found, openClientsSuite, WEB } from '../support/clients-suite';

describe('resources and assignments', () => {
  let suite: ClientsSuite;
  let one: ClientsInstance;
  let two: ClientsInstance;
  let acme: Tenant;
  let globex: Tenant;

  beforeAll(async () => {
    suite = await openClientsSuite();
    ({ one, two, acme, globex } = suite);
  });

  afterAll(() => suite.close());

  describe('assignments', () => {
    const scopes = (userScopes: string[], clientScopes: string[] = []) => ({ userScopes, clientScopes });

    it('RFC 9700 §2.3 hold what was assigned, scope by scope, and nothing else', async () => {
      const { client } = await suite.create();
      const resource = await suite.api({ includeRoles: true, accessTokenSeconds: 120 });
      expect((await found(one, client)).assignments).toEqual([]);
      const assigned = await one.clients.assign(acme, client.id, resource.id, scopes(['read', 'purge'], ['write']));
      expect(assigned.assignments).toEqual([{ resource, ...scopes(['read', 'purge'], ['write']) }]);
      expect(await found(two, client)).toEqual(assigned);
      await one.clients.assign(acme, client.id, resource.id, scopes([]));
      expect((await found(one, client)).assignments).toEqual([]);
    });

    it.each([
      ['unknown-scope', scopes(['nothing'])],
      ['unknown-scope', scopes([], ['openid'])],
    ])('are refused with %s (%#)', async (code, assigned) => {
      const { client } = await suite.create();
      const resource = await suite.api();
      await expect(one.clients.assign(acme, client.id, resource.id, assigned)).rejects.toMatchObject({ code });
    });

    it('S-153 give no sensitive scope to a client that registered itself', async () => {
      const { client } = await one.clients.create(acme, { redirect_uris: WEB.redirect_uris }, { origin: 'registered' });
      const resource = await suite.api();
      await expect(one.clients.assign(acme, client.id, resource.id, scopes(['purge']))).rejects.toMatchObject({
        code: 'invalid-scope',
      });
      await expect(one.clients.assign(acme, client.id, resource.id, scopes(['read']))).resolves.toBeDefined();
    });

    it('S-176 cannot name a resource of another tenant, not even in the database', async () => {
      const { client } = await suite.create();
      const foreign = await one.resources.create(globex, {
        identifier: 'https://api.globex.test',
        name: 'API',
        scopes: [{ name: 'read' }],
      });
      await expect(one.clients.assign(acme, client.id, foreign.id, scopes(['read']))).rejects.toMatchObject({
        code: 'unknown-resource',
      });
      const insert = `INSERT INTO client_resource ("tenantId", id, "clientId", "resourceId", "userScopes", "clientScopes")
        VALUES ($1, $2, $3, $4, '["read"]', '[]')`;
      for (const tenant of [acme, globex]) {
        await expect(suite.sql(insert, [tenant.id, newId(), client.id, foreign.id])).rejects.toThrow(/foreign key/);
      }
      const secret = `INSERT INTO client_secret ("tenantId", id, "clientId", name, prefix, hash, "createdAt")
        VALUES ($1, $2, $3, 'x', 'x', 'x', now())`;
      await expect(suite.sql(secret, [globex.id, newId(), client.id])).rejects.toThrow(/foreign key/);
    });
  });

  describe('resources', () => {
    it('RFC 8707 §2 are found by identifier, in their tenant only, from memory', async () => {
      const resource = await suite.api();
      expect(await two.resources.findByIdentifier(acme.id, resource.identifier)).toEqual(resource);
      expect(await two.resources.findByIdentifier(globex.id, resource.identifier)).toBeNull();
      const find = () => two.resources.findByIdentifier(acme.id, resource.identifier);
      await until(async () => (await statementsOf(two.database, find)).length === 0);
      expect(await statementsOf(two.database, find)).toEqual([]);
      expect(await one.resources.list(acme)).toContainEqual(resource);
    });

    it('take their clients along when a scope goes', async () => {
      const { client } = await suite.create();
      const resource = await suite.api();
      await one.clients.assign(acme, client.id, resource.id, { userScopes: ['read', 'write'], clientScopes: [] });
      await found(two, client);
      const changed = await one.resources.update(acme, resource.id, { name: 'Renamed', scopes: [{ name: 'read' }] });
      expect(changed).toMatchObject({ name: 'Renamed', scopes: [{ name: 'read' }], algorithm: 'ES256' });
      await until(async () => (await found(two, client)).assignments[0]?.userScopes.length === 1);
      expect((await found(two, client)).assignments).toEqual([
        { resource: changed, userScopes: ['read'], clientScopes: [] },
      ]);
      expect(await two.resources.findByIdentifier(acme.id, resource.identifier)).toEqual(changed);
    });

    it('S-180 are never the admin API or the issuer, and never two of one identifier', async () => {
      const adminApi = await one.resources.findByIdentifier(acme.id, `${acme.issuer}/admin/api`);
      expect(adminApi).toMatchObject({
        name: 'Admin API',
        includePermissions: true,
        scopes: [{ name: 'admin', sensitive: true }],
      });
      for (const identifier of [acme.issuer, `${acme.issuer}/admin/api`, '{issuer}/admin/api']) {
        await expect(suite.api({ identifier })).rejects.toMatchObject({ code: 'invalid-resource' });
      }
      const { identifier } = await suite.api();
      await expect(suite.api({ identifier })).rejects.toMatchObject({ code: 'identifier-taken' });
      await expect(one.resources.update(acme, adminApi!.id, { name: 'x' })).rejects.toMatchObject({ code: 'built-in' });
    });
  });
});

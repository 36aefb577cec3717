import { ClientsError } from '@tokenidp/clients';
import { MasterKeys, newId } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { type ClientsInstance, openClientsInstance, statementsOf, until } from '../support/clients-instance';
import { type ClientsSuite, found, openClientsSuite, SPA, WEB } from '../support/clients-suite';

describe('clients', () => {
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

  it('gives a client back as it was made, and only in its own tenant', async () => {
    const { client } = await suite.create({
      ...WEB,
      client_id: 'shop',
      client_name: 'Shop',
      default_max_age: 0,
      'client_name#de': 'Laden',
    });
    expect(client).toMatchObject({
      client_id: 'shop',
      client_name: 'Shop',
      default_max_age: 0,
      localized: { 'client_name#de': 'Laden' },
    });
    expect(await found(two, client)).toEqual(client);
    expect(await one.clients.find(globex.id, 'shop')).toBeNull();
    expect((await one.clients.create(globex, { ...WEB, client_id: 'shop' })).client.id).not.toBe(client.id);
  });

  it.each(['', 'a b', 'ä', 'a\0b', 'x'.repeat(300), "' OR 1=1 --"])('asks nobody for %j', async (name) => {
    const find = async () => expect(await one.clients.find(acme.id, name)).toBeNull();
    expect(await statementsOf(one.database, find)).toEqual([]);
  });

  it('asks once for a name that nobody has', async () => {
    const find = async () => expect(await one.clients.find(acme.id, 'a:b')).toBeNull();
    expect(await statementsOf(one.database, find)).toEqual(['clients.client.by-client-id']);
    expect(await statementsOf(one.database, find)).toEqual([]);
  });

  it('S-061 refuses a client_id that could be the name of a user, and one that is taken', async () => {
    await suite.create({ ...WEB, client_id: 'taken' });
    await expect(suite.create({ ...WEB, client_id: newId() })).rejects.toMatchObject({ code: 'invalid-client-id' });
    await expect(suite.create({ ...WEB, client_id: newId().toUpperCase() })).rejects.toMatchObject({
      code: 'invalid-client-id',
    });
    const again = suite.create({ ...WEB, client_id: 'taken' });
    await expect(again).rejects.toBeInstanceOf(ClientsError);
    await expect(again).rejects.toMatchObject({ code: 'client-id-taken' });
  });

  it('costs a token request no statement once the client is known', async () => {
    const { client, secret } = await suite.create();
    const use = async () => one.clients.verifySecret(await found(one, client), secret);
    await until(async () => (await statementsOf(one.database, use)).length === 0);
    expect(await statementsOf(one.database, use)).toEqual([]);
    expect(await use()).toBe(true);
  });

  describe('changes', () => {
    it('reach every instance within a second', async () => {
      const { client } = await suite.create();
      await found(two, client);
      await one.clients.update(acme, client.id, { client_name: 'Renamed', logo_uri: 'https://app.test/logo.png' });
      expect((await found(one, client)).client_name).toBe('Renamed');
      expect(await until(async () => (await found(two, client)).client_name === 'Renamed')).toBeLessThan(1_000);
      await one.clients.update(acme, client.id, { logo_uri: null });
      expect(await found(one, client)).not.toHaveProperty('logo_uri');
      await two.clients.disable(acme, client.id);
      expect(await until(async () => (await found(one, client)).status === 'disabled')).toBeLessThan(1_000);
    });

    it('are held to the rules of a registration, and leave nothing behind when refused', async () => {
      const { client } = await suite.create();
      const bad = one.clients.update(acme, client.id, { redirect_uris: ['https://app.test/cb#x'] });
      await expect(bad).rejects.toMatchObject({ error: 'invalid_redirect_uri' });
      expect((await found(one, client)).redirect_uris).toEqual(WEB.redirect_uris);
    });

    it('S-176 do not reach a client of another tenant', async () => {
      const { client } = await suite.create();
      for (const change of [
        one.clients.update(globex, client.id, { client_name: 'Mine' }),
        one.clients.disable(globex, client.id),
        one.clients.addSecret(globex, client.id, { name: 'mine' }),
        one.clients.assign(globex, client.id, newId(), { userScopes: [], clientScopes: [] }),
      ]) {
        await expect(change).rejects.toMatchObject({ code: 'unknown-client' });
      }
      expect(await found(one, client)).toMatchObject({ client_name: client.client_id, status: 'active' });
    });

    it('are refused to a built-in client', async () => {
      const portal = (await one.clients.find(acme.id, 'admin-web'))!;
      const change = one.clients.update(acme, portal.id, { redirect_uris: ['https://evil.test/cb'] });
      await expect(change).rejects.toMatchObject({ code: 'built-in' });
    });

    it('roll back with the transaction that they take part in', async () => {
      const failed = one.database.transaction(async (tx) => {
        await one.clients.create(acme, { ...WEB, client_id: 'ghost' }, { tx });
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await one.clients.find(acme.id, 'ghost')).toBeNull();
    });
  });

  it('S-005 allows the origins of active browser applications, of this tenant, as they come and go', async () => {
    const portal = 'https://id.example.com';
    expect([...(await two.origins.allowedOrigins(globex.id))]).toEqual([portal]);
    const { client } = await one.clients.create(globex, { ...SPA, redirect_uris: ['https://globex-spa.test/cb'] });
    expect(
      await until(async () => (await two.origins.allowedOrigins(globex.id)).has('https://globex-spa.test')),
    ).toBeLessThan(1_000);
    await one.clients.create(globex, WEB);
    expect(await one.origins.allowedOrigins(globex.id)).toEqual(new Set([portal, 'https://globex-spa.test']));
    expect((await one.origins.allowedOrigins(acme.id)).has('https://globex-spa.test')).toBe(false);
    await one.clients.disable(globex, client.id);
    await until(async () => !(await two.origins.allowedOrigins(globex.id)).has('https://globex-spa.test'));
    expect((await one.origins.allowedOrigins(newId())).size).toBe(0);
  });

  it('writes when clients and secrets were last used, later', async () => {
    const { client, secret } = await suite.create();
    const used = async () =>
      (
        await suite.sql<{ client: Date | null; secret: Date | null }>(
          `SELECT client."lastUsedAt" AS client, client_secret."lastUsedAt" AS secret FROM client
           JOIN client_secret ON client_secret."tenantId" = client."tenantId" AND client_secret."clientId" = client.id
           WHERE client."tenantId" = $1 AND client.id = $2`,
          [acme.id, client.id],
        )
      )[0]!;
    const instance = await openClientsInstance({ url: suite.url, masterKeys: one.module.get(MasterKeys) });
    instance.clients.touch(client);
    expect(instance.clients.verifySecret(await found(instance, client), secret)).toBe(true);
    expect(await used()).toEqual({ client: null, secret: null });
    await instance.module.close();
    expect(await used()).toEqual({ client: expect.any(Date), secret: expect.any(Date) });
  });
});

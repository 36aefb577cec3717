import type { Tenant } from '@tokenidp/tenancy';
import { type ClientsInstance, until } from '../support/clients-instance';
import { type ClientsSuite, found, openClientsSuite, SPA, WEB } from '../support/clients-suite';

describe('secrets of clients', () => {
  let suite: ClientsSuite;
  let one: ClientsInstance;
  let two: ClientsInstance;
  let acme: Tenant;

  beforeAll(async () => {
    suite = await openClientsSuite();
    ({ one, two, acme } = suite);
  });

  afterEach(() => one.clock.reset());

  afterAll(() => suite.close());

  it('S-172 are shown once, stored as keyed hashes, and nowhere in clear', async () => {
    const { client, secret } = await suite.create();
    expect(secret).toMatch(/^tcs_[A-Za-z0-9_-]{49}$/);
    expect(JSON.stringify(await found(one, client))).not.toContain(secret);
    const [row] = await suite.sql<{ hash: string; prefix: string; sealed: string | null }>(
      `SELECT * FROM client_secret WHERE "tenantId" = $1 AND "clientId" = $2`,
      [acme.id, client.id],
    );
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(row).toMatchObject({
      hash: expect.stringMatching(/^one\.[A-Za-z0-9_-]{43}$/),
      prefix: secret.slice(0, 10),
      sealed: null,
    });
    const trail = await suite.sql(`SELECT detail FROM audit_event WHERE "tenantId" = $1 AND "clientId" = $2`, [
      acme.id,
      client.id,
    ]);
    expect(trail.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(trail)).not.toContain(secret);
  });

  it('S-172 overlap while they are rotated, on every instance within a second', async () => {
    const { client, secret } = await suite.create();
    await found(two, client);
    const next = await one.clients.addSecret(acme, client.id, { name: 'next' });
    await until(async () => (await found(two, client)).secrets.length === 2);
    for (const each of [secret, next]) expect(two.clients.verifySecret(await found(two, client), each)).toBe(true);
    const first = (await found(one, client)).secrets.find(({ name }) => name === 'default')!;
    await one.clients.revokeSecret(acme, client.id, first.id);
    expect(one.clients.verifySecret(await found(one, client), secret)).toBe(false);
    expect(await until(async () => !two.clients.verifySecret(await found(two, client), secret))).toBeLessThan(1_000);
    expect(two.clients.verifySecret(await found(two, client), next)).toBe(true);
  });

  it('S-172 end when they expire', async () => {
    const { client } = await suite.create();
    const expiresAt = new Date(one.clock.now().getTime() + 60_000);
    const short = await one.clients.addSecret(acme, client.id, { name: 'short', expiresAt });
    expect(one.clients.verifySecret(await found(one, client), short)).toBe(true);
    one.clock.forward(61);
    expect(one.clients.verifySecret(await found(one, client), short)).toBe(false);
  });

  it('OIDC Core §9 S-186 are sealed where an HMAC needs them, and open again', async () => {
    const { client, secret } = await suite.create({ ...WEB, token_endpoint_auth_method: 'client_secret_jwt' });
    expect(two.clients.assertionSecrets(await found(two, client))).toEqual([secret]);
    const [row] = await suite.sql<{ sealed: string }>(`SELECT sealed FROM client_secret WHERE "clientId" = $1`, [
      client.id,
    ]);
    expect(row!.sealed).toMatch(/^v1\.one\./);
    expect(row!.sealed).not.toContain(secret);
  });

  it.each<[string, object, object]>([
    ['no-secret', SPA, { name: 'x' }],
    ['invalid-secret', WEB, { name: ' ' }],
    ['invalid-secret', WEB, { name: 'x', expiresAt: new Date(0) }],
  ])('S-053 are refused with %s', async (code, metadata, secret) => {
    const { client } = await suite.create(metadata);
    expect(client.secrets).toHaveLength(metadata === SPA ? 0 : 1);
    await expect(one.clients.addSecret(acme, client.id, secret as { name: string })).rejects.toMatchObject({ code });
  });

  it('are five at most, also when many are asked for at once', async () => {
    const { client } = await suite.create();
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_each, index) =>
        [one, two][index % 2]!.clients.addSecret(acme, client.id, { name: `n${index}` }),
      ),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    expect((await found(one, client)).secrets).toHaveLength(5);
  });
});

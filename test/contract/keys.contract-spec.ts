import type { Tenant } from '@tokenidp/tenancy';
import { calculateJwkThumbprint, createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { eventually, KeysSuite } from '../support/keys-suite';

const DAY = 86_400;
const LEAD = DAY + 300;

let suite: KeysSuite;
let tenant: Tenant;

beforeAll(async () => {
  suite = await KeysSuite.open();
});

afterAll(() => suite.close());

beforeEach(async () => {
  suite.clock.reset();
  tenant = await suite.newTenant('ES256');
});

describe('a new tenant', () => {
  it('has one current key per algorithm, and the audit events of their making', async () => {
    const both = await suite.newTenant('ES256', 'RS256');
    expect((await suite.states(both)).sort()).toEqual(['ES256 current', 'RS256 current']);
    const events = (await suite.events(both)).filter(({ event }) => event.startsWith('key.'));
    expect(events.map(({ event, actorType }) => `${event} ${actorType}`)).toEqual([
      'key.created system',
      'key.created system',
    ]);
  });

  it('S-186 stores nothing from which the private key could be read', async () => {
    const both = await suite.newTenant('ES256', 'RS256', 'EdDSA');
    const dump = JSON.stringify(await suite.stored(both));
    for (const trace of [
      'PRIVATE',
      'BEGIN',
      '"d":',
      '"p":',
      '"q":',
      '"dp":',
      '"k":',
      suite.masterKey.key.toString('hex'),
    ]) {
      expect(dump).not.toContain(trace);
    }
    // DER of PKCS #8 begins so for each kind of key.
    for (const start of ['MIGHAgEA', 'MIIEv', 'MC4CAQAw']) expect(dump).not.toContain(start);
    expect(dump).toContain('v1.m1.');
  });

  it('S-098 publishes public members only, one kid each, and shares no key with another tenant', async () => {
    const [one, other] = [await suite.newTenant('ES256', 'RS256'), await suite.newTenant('ES256', 'EdDSA')];
    const keys = [...(await suite.published(one)), ...(await suite.published(other))];
    const allowed = ['alg', 'crv', 'e', 'kid', 'kty', 'n', 'use', 'x', 'y'];
    for (const key of keys) {
      expect(Object.keys(key).filter((member) => !allowed.includes(member))).toEqual([]);
      expect(key.kty).not.toBe('oct');
      expect(key.kid).toBe(await calculateJwkThumbprint(key));
    }
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4);
    await expect(suite.isGood(other, await suite.sign(one))).resolves.toBe(false);
  });
});

describe('the warm path', () => {
  it('signs, verifies and publishes without a query', async () => {
    const all = async () => {
      const jwt = await suite.sign(tenant);
      await suite.idp.verifier.verify(tenant, jwt, { type: 'at+jwt' });
      await suite.idp.keys.jwks(tenant);
    };
    // The word of the tenant's creation comes back through the database and empties the caches once more.
    await eventually(async () => (await suite.statementsOf(all)).length === 0);
    const statements = await suite.statementsOf(async () => {
      for (let i = 0; i < 100; i++) await all();
    });
    expect(statements).toEqual([]);
  });

  it('makes what jose accepts with the published set', async () => {
    const jwks = createLocalJWKSet(JSON.parse((await suite.idp.keys.jwks(tenant)).body) as JSONWebKeySet);
    const { payload } = await jwtVerify(await suite.sign(tenant), jwks, {
      issuer: tenant.issuer,
      algorithms: ['ES256'],
    });
    expect(payload.sub).toBe('s');
  });
});

describe('settings', () => {
  it('an algorithm that is added gets its key when it is first needed, one for many callers', async () => {
    const changed = await suite.idp.tenants.updateSettings(tenant.id, {
      keys: { algorithms: ['ES256', 'RS256', 'EdDSA'] },
    });
    await expect(suite.sign(tenant, 'RS256')).rejects.toThrow('RS256');
    const jwts = await Promise.all(Array.from({ length: 8 }, () => suite.sign(changed, 'RS256')));
    for (const jwt of jwts) await expect(suite.isGood(changed, jwt)).resolves.toBe(true);
    await suite.sign(changed, 'EdDSA');
    expect((await suite.states(changed)).sort()).toEqual(['ES256 current', 'EdDSA current', 'RS256 current']);
  });

  it('the key set has an algorithm soon after it was added, though nothing was signed', async () => {
    await suite.idp.tenants.updateSettings(tenant.id, { keys: { algorithms: ['ES256', 'EdDSA'] } });
    await eventually(async () => (await suite.published(tenant)).some(({ alg }) => alg === 'EdDSA'));
  });

  it('an algorithm that is taken away signs no more, and its tokens verify until they end', async () => {
    const both = await suite.newTenant('ES256', 'EdDSA');
    const jwt = await suite.sign(both, 'EdDSA');
    const changed = await suite.idp.tenants.updateSettings(both.id, { keys: { algorithms: ['ES256'] } });
    await expect(suite.sign(changed, 'EdDSA')).rejects.toThrow('EdDSA');
    await eventually(async () => {
      await suite.idp.keys.jwks(changed);
      await suite.idp.rotation.tick();
      return (await suite.states(changed)).includes('EdDSA previous');
    });
    await expect(suite.isGood(changed, jwt)).resolves.toBe(true);
    suite.clock.forward(2 * 3600 + 1);
    await suite.idp.rotation.tick();
    expect((await suite.states(changed)).sort()).toEqual(['ES256 current', 'EdDSA retired']);
  });

  it('a shorter period moves the next step up', async () => {
    const changed = await suite.idp.tenants.updateSettings(tenant.id, { keys: { rotationDays: 10 } });
    await suite.sign(changed);
    const due = 10 * DAY - LEAD;
    await eventually(async () => {
      const [key] = await suite.stored(tenant);
      return key!.dueAt!.getTime() === key!.activatedAt!.getTime() + due * 1000;
    });
  });
});

describe('KeysService.list', () => {
  it('S-186 shows every key and nothing of its private part', async () => {
    await suite.idp.keys.rotate(tenant, 'ES256', { force: true });
    const list = await suite.idp.keys.list(tenant.id);
    expect(list.map(({ state }) => state)).toEqual(['current', 'previous']);
    expect(JSON.stringify(list)).not.toContain('v1.');
    expect(Object.keys(list[0]!)).not.toContain('wrappedPrivateKey');
  });
});

import { Logger } from '@nestjs/common';
import type { Invalidations } from '@tokenidp/database';
import { Envelope, MasterKeys, SystemClock } from '@tokenidp/kernel';
import { DEFAULT_TENANT_SETTINGS, mergeSettings, type Tenant, type TenantSettingsPatch } from '@tokenidp/tenancy';
import type { KeyLifecycle } from './key-lifecycle';
import { generateSigningKey, type KeyPair } from './key-pair';
import { KeySets } from './key-sets';
import { KeyWrapping } from './key-wrapping';
import type { SigningKeyEntity } from './signing-key.entity';
import type { SigningKeysRepository } from './signing-keys.repository';

const wrapping = new KeyWrapping(new Envelope(new MasterKeys([{ id: 'm', key: Buffer.alloc(32, 7) }])));
const clock = new SystemClock();
let pair: KeyPair;

beforeAll(async () => {
  pair = await generateSigningKey('ES256', 2048);
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

function tenantWith(patch: TenantSettingsPatch = {}): Tenant {
  const settings = mergeSettings(DEFAULT_TENANT_SETTINGS, patch);
  return { id: 't1', slug: 'a', issuer: 'https://id.example/t/a', settings } as Tenant;
}

const onlyEs256 = { keys: { algorithms: ['ES256'] } } satisfies TenantSettingsPatch;

function setUp(Sets = KeySets) {
  const place = { tenantId: 't1', id: 'k1', kid: pair.kid };
  const now = clock.now();
  const row = {
    ...place,
    ...wrapping.wrap(place, pair.privateKey),
    alg: 'ES256',
    state: 'current',
    publicJwk: pair.publicJwk,
    createdAt: now,
    activatedAt: now,
    demotedAt: null,
    dueAt: new Date(now.getTime() + (89 * 86_400 - 300) * 1000),
  } as SigningKeyEntity;
  const usable = jest.fn(async () => [row]);
  const apply = jest.fn(async () => true);
  const invalidations = { on: () => {}, coherent: true } as unknown as Invalidations;
  const repository = { usable } as unknown as SigningKeysRepository;
  const sets = new Sets(invalidations, repository, { apply } as unknown as KeyLifecycle, wrapping, clock);
  return { sets, usable, apply };
}

describe('KeySets', () => {
  it('S-186 keeps a private key in memory for ten minutes and not longer', async () => {
    jest.useFakeTimers();
    // The cache takes an instant of zero for none, and its clock from where it is loaded.
    jest.advanceTimersByTime(1);
    let Sets = KeySets;
    await jest.isolateModulesAsync(async () => {
      ({ KeySets: Sets } = await import('./key-sets.js'));
    });
    const unwrap = jest.spyOn(wrapping, 'unwrap');
    const { sets } = setUp(Sets);
    const key = await sets.signingKey(tenantWith(onlyEs256), 'ES256');
    sets.privateKey(key);
    jest.advanceTimersByTime(599_000);
    expect(sets.privateKey(key).equals(pair.privateKey)).toBe(true);
    expect(unwrap).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(2_000);
    expect(sets['privateKeys'].size).toBe(0);
    sets.privateKey(key);
    expect(unwrap).toHaveBeenCalledTimes(2);
  });

  it('reads a tenant once, and looks at its settings once', async () => {
    const { sets, usable, apply } = setUp();
    const tenant = tenantWith(onlyEs256);
    for (let i = 0; i < 10; i++) await sets.signingKey(tenant, 'ES256');
    expect(usable).toHaveBeenCalledTimes(1);
    expect(apply).not.toHaveBeenCalled();
    const changed = tenantWith({ keys: { ...onlyEs256.keys, rotationDays: 30 } });
    for (let i = 0; i < 10; i++) await sets.signingKey(changed, 'ES256');
    await new Promise(setImmediate);
    expect(apply).toHaveBeenCalledTimes(1);
    expect(apply).toHaveBeenCalledWith(changed, expect.objectContaining({ kind: 'reschedule' }));
  });

  it('signs with no algorithm that the tenant does not name, though there is a key', async () => {
    const { sets } = setUp();
    const without = tenantWith({ keys: { algorithms: ['RS256'] } });
    await expect(sets.signingKey(without, 'ES256')).rejects.toThrow('does not sign with ES256');
  });

  it('signs with a key that another instance has just made, though its own set does not have it yet', async () => {
    const { sets, usable, apply } = setUp();
    usable.mockResolvedValueOnce([]);
    await expect(sets.signingKey(tenantWith(onlyEs256), 'ES256')).resolves.toMatchObject({ kid: pair.kid });
    expect(apply).not.toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ kind: 'create' }));
  });

  it('answers from what it has when the settings cannot be followed just now', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => {});
    const { sets, apply } = setUp();
    apply.mockRejectedValue(new Error('away'));
    const tenant = tenantWith({ keys: { ...onlyEs256.keys, rotationDays: 30 } });
    await expect(sets.signingKey(tenant, 'ES256')).resolves.toMatchObject({ kid: pair.kid });
    await new Promise(setImmediate);
    expect(errors).toHaveBeenCalledTimes(1);
  });
});

import type { Tenant } from '@tokenidp/tenancy';
import { createLocalJWKSet, decodeProtectedHeader, type errors, type JSONWebKeySet, jwtVerify } from 'jose';
import { type KeysInstance, KeysSuite, openKeysInstance } from '../support/keys-suite';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const MAX_AGE = 300;
const TOKEN_LIFE = 3_600;

let suite: KeysSuite;
let second: KeysInstance;
let tenant: Tenant;
let instances: KeysInstance[];

beforeAll(async () => {
  suite = await KeysSuite.open();
  second = await openKeysInstance(suite.url, suite.clock, [suite.masterKey]);
  instances = [suite.idp, second];
});

afterAll(async () => {
  await second.close();
  await suite.close();
});

beforeEach(async () => {
  suite.clock.reset();
  tenant = await suite.newTenant('ES256');
});

const tickBoth = () => Promise.all(instances.map(({ rotation }) => rotation.tick()));
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A resource server that asks for the key set once per max-age, from a phase of its own, on whichever instance answers. */
class CachingVerifier {
  private jwks: ReturnType<typeof createLocalJWKSet> | undefined;
  private fetches: number;

  constructor(private fetchedAt: number) {
    this.fetches = fetchedAt;
  }

  async fetch(): Promise<void> {
    const now = suite.clock.nowSeconds();
    if (this.jwks && now < this.fetchedAt + MAX_AGE) return;
    // On the grid of its phase, as late as allowed.
    this.fetchedAt = this.jwks ? now : this.fetchedAt;
    const { keys } = instances[this.fetches++ % 2]!;
    this.jwks = createLocalJWKSet(JSON.parse((await keys.jwks(tenant)).body) as JSONWebKeySet);
  }

  /** The code of the failure, or undefined. */
  async failure(jwt: string): Promise<string | undefined> {
    const options = { issuer: tenant.issuer, currentDate: suite.clock.now() };
    return jwtVerify(jwt, this.jwks!, options).then(
      () => undefined,
      (error: errors.JOSEError) => error.code,
    );
  }
}

async function sign(instance: KeysInstance): Promise<string> {
  const iat = suite.clock.nowSeconds();
  const claims = { iss: tenant.issuer, sub: 's', aud: 'a', iat, exp: iat + TOKEN_LIFE };
  return instance.signer.sign(tenant, { algorithm: 'ES256', type: 'at+jwt', claims });
}

describe('two instances', () => {
  it('S-099 no client that caches the key set for its max-age ever fails, through three rotations', async () => {
    const start = suite.clock.nowSeconds();
    // Their sets are of different ages at any instant, the oldest just short of the max-age.
    const clients = Array.from({ length: 5 }, (_, i) => new CachingVerifier(start - (i * MAX_AGE) / 5));
    const [signers, failures] = [new Set<string>(), [] as string[]];
    let held: { jwt: string; until: number }[] = [];
    while (suite.clock.nowSeconds() < start + 3 * 90 * DAY + 2 * DAY) {
      for (const client of clients) await client.fetch();
      await tickBoth();
      const now = suite.clock.nowSeconds();
      const signed = await Promise.all(instances.map(sign));
      held = held.filter(({ until }) => until > now);
      // The oldest and the newest of what is in use, at every client.
      for (const jwt of [...signed, ...held.slice(0, 2).map((each) => each.jwt)]) {
        for (const client of clients) failures.push((await client.failure(jwt)) ?? 'none');
        signers.add(decodeProtectedHeader(jwt).kid!);
      }
      held.push(...signed.map((jwt) => ({ jwt, until: now + TOKEN_LIFE - 1 })));
      suite.clock.forward(await secondsToNextLook());
    }
    expect(new Set(failures)).toEqual(new Set(['none']));
    expect(failures.length).toBeGreaterThan(10_000);
    expect(signers.size).toBe(4);
    expect(await suite.states(tenant)).toEqual(['retired', 'retired', 'retired', 'current'].map((s) => `ES256 ${s}`));
  });

  /** Half minutes around what the job does next and for two hours after what it did last, else as far as it goes. */
  async function secondsToNextLook(): Promise<number> {
    const keys = await suite.stored(tenant);
    const now = suite.clock.now().getTime();
    const instants = keys.flatMap(({ createdAt, activatedAt, dueAt }) => [createdAt, activatedAt, dueAt]);
    const distances = instants.filter((at) => at !== null).map((at) => (at.getTime() - now) / 1000);
    if (distances.some((seconds) => seconds > -2.2 * HOUR && seconds < 700)) return 61;
    return Math.min(30 * DAY, ...distances.filter((seconds) => seconds > 0).map((seconds) => seconds - 600));
  }

  it('S-099 make exactly one key each time, however often they race', async () => {
    for (let round = 1; round <= 5; round++) {
      suite.clock.forward(90 * DAY - DAY - 300);
      await Promise.all([tickBoth(), tickBoth(), tickBoth()]);
      expect((await suite.states(tenant)).filter((state) => state === 'ES256 next')).toHaveLength(1);
      suite.clock.forward(DAY + 301);
      await Promise.all([tickBoth(), tickBoth(), tickBoth()]);
      expect((await suite.states(tenant)).filter((state) => state === 'ES256 current')).toHaveLength(1);
      expect(await suite.stored(tenant)).toHaveLength(round + 1);
    }
    const events = (await suite.events(tenant)).map(({ event }) => event);
    expect(events.filter((event) => event === 'key.created')).toHaveLength(6);
    expect(events.filter((event) => event === 'key.activated')).toHaveLength(5);
  });

  it('S-099 make exactly one key each time, even when both believe to hold the lease', async () => {
    const lifecycles = instances.map(({ rotation }) => rotation['lifecycle']);
    const [current] = await rowsOf();
    const create = { kind: 'create', alg: 'ES256', state: 'next' } as const;
    const created = await Promise.all([...lifecycles, ...lifecycles].map((each) => each.apply(tenant, create)));
    expect(created.filter(Boolean)).toHaveLength(1);
    const [, next] = await rowsOf();
    const activate = { kind: 'activate', current: current!, next: next! } as const;
    const activated = await Promise.all([...lifecycles, ...lifecycles].map((each) => each.apply(tenant, activate)));
    expect(activated.filter(Boolean)).toHaveLength(1);
    const retire = { kind: 'retire', key: (await rowsOf())[0]! } as const;
    const retired = await Promise.all([...lifecycles, ...lifecycles].map((each) => each.apply(tenant, retire)));
    expect(retired.filter(Boolean)).toHaveLength(1);
    const events = (await suite.events(tenant)).map(({ event }) => event);
    expect(events).toEqual(['key.created', 'key.created', 'key.activated', 'key.retired']);
  });

  async function rowsOf() {
    return (await suite.idp.rotation['repository'].list(tenant.id)).reverse();
  }

  it('make one first key of an algorithm that was added, and both sign with it', async () => {
    const changed = await suite.idp.tenants.updateSettings(tenant.id, { keys: { algorithms: ['ES256', 'EdDSA'] } });
    const request = { algorithm: 'EdDSA', type: 'at+jwt', claims: suite.claims(tenant) } as const;
    const jwts = await Promise.all(
      Array.from({ length: 10 }, (_, i) => instances[i % 2]!.signer.sign(changed, request)),
    );
    expect((await suite.states(tenant)).sort()).toEqual(['ES256 current', 'EdDSA current']);
    await sleep(1000);
    for (const { verifier } of instances) {
      for (const jwt of jwts) await expect(verifier.verify(changed, jwt, { type: 'at+jwt' })).resolves.not.toBeNull();
    }
  });

  it('revoke a key once, with one replacement, and both see it within a second', async () => {
    const jwt = await sign(suite.idp);
    await expect(second.verifier.verify(tenant, jwt, { type: 'at+jwt' })).resolves.not.toBeNull();
    const [key] = await suite.stored(tenant);
    const outcomes = await Promise.all(instances.map(({ keys }) => keys.revoke(tenant, key!.kid, 'compromised')));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['already-revoked', 'revoked']);
    expect(await suite.states(tenant)).toEqual(['ES256 revoked', 'ES256 current']);
    await sleep(1000);
    for (const { verifier, keys } of instances) {
      await expect(verifier.verify(tenant, jwt, { type: 'at+jwt' })).resolves.toBeNull();
      expect((await keys.jwks(tenant)).body).not.toContain(key!.kid);
    }
  });
});

import { createLocalJWKSet } from 'jose';
import { generateSigningKey, type KeyPair } from './key-pair';
import { KeySet } from './key-set';
import type { KeyState, SigningKeyEntity } from './signing-key.entity';

let pairs: KeyPair[];
beforeAll(async () => {
  pairs = await Promise.all(Array.from({ length: 4 }, () => generateSigningKey('ES256', 2048)));
});

function setOf(tenantId: string, states: readonly KeyState[]): KeySet {
  const rows = states.map((state, index) => {
    const { kid, alg, publicJwk } = pairs[index]!;
    return { tenantId, id: `id-${index}`, kid, alg, state, publicJwk, wrappedPrivateKey: 'v1.m.secret' };
  });
  return new KeySet(tenantId, rows as SigningKeyEntity[]);
}

describe('KeySet', () => {
  it('S-098 publishes the current key first, then next and previous, and no retired one', () => {
    const { published } = setOf('t', ['previous', 'next', 'retired', 'current']);
    const { keys } = JSON.parse(published.body) as { keys: { kid: string }[] };
    expect(keys.map(({ kid }) => kid)).toEqual([pairs[3]!.kid, pairs[1]!.kid, pairs[0]!.kid]);
    expect(published.body).not.toContain('secret');
    expect(() => createLocalJWKSet({ keys: keys as never[] })).not.toThrow();
  });

  it('RFC 9110 §8.8.3 has an entity tag that changes with what is published', () => {
    const { etag } = setOf('t', ['current']).published;
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(setOf('t', ['current']).published.etag).toBe(etag);
    expect(setOf('t', ['current', 'next']).published.etag).not.toBe(etag);
  });

  it('lets verified tokens stand while the keys do, and no longer', () => {
    const { generation } = setOf('t', ['current', 'next']);
    expect(setOf('t', ['previous', 'current']).generation).toBe(generation);
    expect(setOf('t', ['retired', 'current']).generation).not.toBe(generation);
    expect(setOf('t', ['current']).generation).not.toBe(generation);
    expect(setOf('u', ['current', 'next']).generation).not.toBe(generation);
  });

  it('signs with the current key only, and finds keys by nothing but their kid', () => {
    const set = setOf('t', ['next', 'current', 'previous']);
    expect(set.signingKey('ES256')?.kid).toBe(pairs[1]!.kid);
    expect(set.signingKey('RS256')).toBeUndefined();
    expect(set.verificationKey(pairs[0]!.kid)?.isRetired).toBe(false);
    expect(set.verificationKey('id-0')).toBeUndefined();
    expect(setOf('t', ['next']).signingKey('ES256')).toBeUndefined();
  });
});

import { randomBytes } from 'node:crypto';
import { Envelope } from './envelope';
import { equalConstantTime, sha256 } from './hash';
import { KeyedHash } from './keyed-hash';
import { MasterKeys } from './master-keys';
import { hasTokenForm, randomToken } from './random-token';

const one = { id: 'one', key: randomBytes(32) };
const two = { id: 'two', key: randomBytes(32) };

describe('randomToken', () => {
  it('S-040 draws 256 bits, shares nothing but the tag, and never repeats', () => {
    const tokens = Array.from({ length: 1000 }, () => randomToken('tac'));
    expect(new Set(tokens.map((token) => token.slice(4, 16))).size).toBe(1000);
    for (const token of tokens) expect(token).toMatch(/^tac_[A-Za-z0-9_-]{49}$/);
  });

  it('S-077 tells an altered, cut or extended token by its form', () => {
    const token = randomToken('trt');
    expect(hasTokenForm('trt', token)).toBe(true);
    expect(hasTokenForm('tac', token)).toBe(false);
    for (const bad of [token.slice(0, -1), `${token}A`, token.toLowerCase(), '', 'trt_']) {
      expect(hasTokenForm('trt', bad)).toBe(false);
    }
  });
});

describe('hashes', () => {
  it('S-187 compares equal texts as equal and any others as different', () => {
    expect(equalConstantTime('abc', 'abc')).toBe(true);
    expect(equalConstantTime('abc', 'abd')).toBe(false);
    expect(equalConstantTime('abc', 'abcd')).toBe(false);
    expect(sha256('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });

  it('S-172 verifies under the key it was made with, after the active key has changed', () => {
    const stored = new KeyedHash(new MasterKeys([one])).hash('client-secret', 'value');
    const rolled = new KeyedHash(new MasterKeys([two, one]));
    expect(rolled.verify('client-secret', 'value', stored)).toBe(true);
    expect(rolled.verify('client-secret', 'other', stored)).toBe(false);
    expect(rolled.verify('other-purpose', 'value', stored)).toBe(false);
    expect(new KeyedHash(new MasterKeys([two])).verify('client-secret', 'value', stored)).toBe(false);
    expect(rolled.verify('client-secret', 'value', 'garbage')).toBe(false);
  });
});

describe('Envelope', () => {
  const object = ['tenant', 'signing_key', 'id'];

  it('S-186 opens what it sealed, and only for the same object', () => {
    const envelope = new Envelope(new MasterKeys([one]));
    const sealed = envelope.seal(object, Buffer.from('private'));
    expect(envelope.open(object, sealed).toString()).toBe('private');
    expect(sealed).not.toContain(Buffer.from('private').toString('base64url'));
    expect(() => envelope.open(['tenant', 'signing_key', 'other'], sealed)).toThrow();
    expect(() => envelope.open(['tenantsigning', '_key', 'id'], sealed)).toThrow();
  });

  it('S-186 refuses every changed part', () => {
    const envelope = new Envelope(new MasterKeys([one]));
    const parts = envelope.seal(object, Buffer.from('private')).split('.');
    for (let index = 0; index < parts.length; index += 1) {
      const [first, ...rest] = parts[index]!;
      const changed = parts.with(index, [first === 'A' ? 'B' : 'A', ...rest].join('')).join('.');
      expect(() => envelope.open(object, changed)).toThrow();
    }
    expect(() => envelope.open(object, parts.with(5, parts[5]!.slice(0, 12)).join('.'))).toThrow();
  });

  it('S-186 re-wraps the data key only, after which the old master key may go', () => {
    const sealed = new Envelope(new MasterKeys([one])).seal(object, Buffer.from('private'));
    const rewrapped = new Envelope(new MasterKeys([two, one])).rewrap(object, sealed);
    expect(rewrapped.split('.').slice(3)).toEqual(sealed.split('.').slice(3));
    expect(new Envelope(new MasterKeys([two])).open(object, rewrapped).toString()).toBe('private');
    expect(() => new Envelope(new MasterKeys([two])).open(object, sealed)).toThrow(/master key one/);
  });
});

describe('MasterKeys', () => {
  it('refuses none, a short one, a bad id and two of one name', () => {
    expect(() => new MasterKeys([])).toThrow();
    expect(() => new MasterKeys([{ id: 'a', key: randomBytes(16) }])).toThrow();
    expect(() => new MasterKeys([{ id: 'a.b', key: randomBytes(32) }])).toThrow();
    expect(() => new MasterKeys([one, one])).toThrow();
  });
});

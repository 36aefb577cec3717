import { KeyedHash, MasterKeys } from '@tokenidp/kernel';
import { FixedClock, tenant } from '../../test/samples';
import { DpopNonces } from './dpop-nonces';

const masterKey = (id: string, fill: number) => ({ id, key: Buffer.alloc(32, fill) });
const instance = (keys = [masterKey('a', 1)], clock = new FixedClock()) => ({
  clock,
  nonces: new DpopNonces(new KeyedHash(new MasterKeys(keys)), clock),
});

describe('RFC 9449 §8, §11.2 nonces', () => {
  it('are good at every instance that has the key, also after another key has taken over', () => {
    const nonce = instance().nonces.current(tenant);
    expect(instance().nonces.isGood(tenant, nonce)).toBe(true);
    const rotated = instance([masterKey('b', 2), masterKey('a', 1)]).nonces;
    expect(rotated.isGood(tenant, nonce)).toBe(true);
    expect(rotated.current(tenant)).not.toBe(nonce);
  });

  it('change, and are good for two minutes at least and four at most', () => {
    const { nonces, clock } = instance();
    const nonce = nonces.current(tenant);
    clock.forward(120);
    expect(nonces.current(tenant)).not.toBe(nonce);
    expect(nonces.isGood(tenant, nonce)).toBe(true);
    clock.forward(120);
    expect(nonces.isGood(tenant, nonce)).toBe(false);
  });

  it('are taken from an instance whose clock is a little ahead', () => {
    const { nonces, clock } = instance();
    clock.forward(120);
    const ahead = nonces.current(tenant);
    clock.forward(-120);
    expect(nonces.isGood(tenant, ahead)).toBe(true);
  });

  it.each([
    ['of another tenant', instance().nonces.current({ ...tenant, id: 'other' })],
    ['under another key', instance([masterKey('a', 2)]).nonces.current(tenant)],
    ['under a key that is gone', instance([masterKey('b', 1)]).nonces.current(tenant)],
    ['that was made up', 'a.AAAA'],
    ['without a dot', 'nonce'],
    ['that is empty', ''],
  ])('are refused %s', (_name, nonce) => expect(instance().nonces.isGood(tenant, nonce)).toBe(false));

  it('RFC 9449 §8.1 have only characters that a header may hold', () => {
    expect(instance().nonces.current(tenant)).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
  });
});

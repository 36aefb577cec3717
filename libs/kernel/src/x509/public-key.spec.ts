import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { isSamePublicKey } from './public-key';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const ed = generateKeyPairSync('ed25519').publicKey;
const again = createPublicKey({ key: ec.export({ format: 'jwk' }), format: 'jwk' });

describe('whether two public keys are one', () => {
  it.each([
    ['a key and itself from its JWK', ec, again, true],
    ['another curve', ec, otherEc, false],
    ['another type', ec, rsa, false],
    ['a third type', rsa, ed, false],
  ])('%s', (_what, one, other, expected) => {
    expect(isSamePublicKey(one, other)).toBe(expected);
    expect(isSamePublicKey(other, one)).toBe(expected);
  });
});

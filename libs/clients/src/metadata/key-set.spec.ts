import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { fitKeys, inlineKeySet, keyProblem } from './key-set';

const publicJwk = ({ publicKey }: { publicKey: KeyObject }) => publicKey.export({ format: 'jwk' });
const rsa = publicJwk(generateKeyPairSync('rsa', { modulusLength: 2048 }));
const weakRsa = publicJwk(generateKeyPairSync('rsa', { modulusLength: 1024 }));
const oddRsa = publicJwk(generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }));
const ec = publicJwk(generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const p521 = publicJwk(generateKeyPairSync('ec', { namedCurve: 'P-521' }));
const weakEc = publicJwk(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }));
const ed = publicJwk(generateKeyPairSync('ed25519'));
const x = publicJwk(generateKeyPairSync('x25519'));
const privateEc = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });

describe('keys of clients', () => {
  it.each([
    ['RSA of 2048 bits', rsa],
    ['P-256', ec],
    ['P-521', p521],
    ['Ed25519', ed],
  ])('FAPI 2.0 SP §5.4.1 S-100 accepts %s', (_name, key) => {
    expect(keyProblem(key)).toBeUndefined();
    expect(inlineKeySet({ jwks: { keys: [{ ...key, kid: 'a', use: 'sig' }] } })?.keys).toHaveLength(1);
  });

  it.each<[string, unknown, RegExp]>([
    ['RSA of 1024 bits', weakRsa, /bits/],
    ['RSA with exponent 3', oddRsa, /e must/],
    ['secp256k1', weakEc, /crv/],
    ['X25519', x, /crv/],
    ['a private key', privateEc, /private/],
    ['a symmetric key', { kty: 'oct', k: 'AAAA' }, /private or symmetric/],
    ['a symmetric key without its value', { kty: 'oct' }, /kty/],
    ['an unknown kind', { kty: 'LMS' }, /kty/],
    ['a name from the prototype', { kty: 'constructor' }, /kty/],
    ['a point off its curve', { ...ec, x: ec.y }, /curve/],
    ['broken RSA', { kty: 'RSA', n: '!', e: 'AQAB' }, /bits/],
    ['RSA without modulus', { kty: 'RSA', e: 'AQAB' }, /RSA/],
    ['a kid that is no string', { ...ec, kid: 1 }, /kid/],
    ['no object', 'key', /object/],
    ['null', null, /object/],
  ])('S-100 RFC 7517 §4, RFC 7518 §6 refuses %s', (_name, key, reason) => {
    expect(keyProblem(key)).toMatch(reason);
    expect(() => inlineKeySet({ jwks: { keys: [key] } })).toThrow(reason);
  });

  it.each<[string, unknown]>([
    ['no object', []],
    ['no list', { keys: {} }],
    ['an empty list', { keys: [] }],
    ['too many', { keys: Array.from({ length: 21 }, () => ec) }],
    [
      'one kid twice',
      {
        keys: [
          { ...ec, kid: 'a' },
          { ...p521, kid: 'a' },
        ],
      },
    ],
    ['a huge one', { keys: [{ ...ec, x5c: ['a'.repeat(70_000)] }] }],
  ])('RFC 7517 §5 refuses a set that is %s', (_name, jwks) => {
    expect(() => inlineKeySet({ jwks })).toThrow();
  });

  it('S-100 leaves unfit keys out of a fetched set, and takes anything for a set', () => {
    expect(fitKeys({ keys: [weakRsa, ec, privateEc, { kty: 'oct', k: 'AA' }] })).toEqual({ keys: [ec] });
    for (const document of [null, 'x', [], { keys: 1 }]) expect(fitKeys(document)).toEqual({ keys: [] });
  });
});

import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { derToRaw, rawToDer } from './ecdsa-signature';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const message = Buffer.from('message');

/** The two forms of the same R and S, padded and unpadded, with and without the sign byte. */
const CASES: [what: string, der: string, raw: string][] = [
  ['full length', `3044${`0220${'7f'.repeat(32)}`.repeat(2)}`, '7f'.repeat(64)],
  ['sign bytes', `3046${`022100${'80'.repeat(32)}`.repeat(2)}`, '80'.repeat(64)],
  ['short R', `3043021f${'7f'.repeat(31)}0220${'01'.repeat(32)}`, `00${'7f'.repeat(31)}${'01'.repeat(32)}`],
  ['one byte each', '3006020101020102', `${'00'.repeat(31)}01${'00'.repeat(31)}02`],
  ['short with a sign byte', `30080202008002020081`, `${'00'.repeat(31)}80${'00'.repeat(31)}81`],
];

describe('ECDSA signature forms', () => {
  it.each(CASES)('RFC 7518 §3.4 R and S of fixed length: %s', (_what, der, raw) => {
    expect(derToRaw(Buffer.from(der, 'hex')).toString('hex')).toBe(raw);
    expect(rawToDer(Buffer.from(raw, 'hex')).toString('hex')).toBe(der);
  });

  it('RFC 7518 §3.4 agrees with OpenSSL on a thousand signatures', () => {
    for (let i = 0; i < 1000; i++) {
      const der = sign('sha256', message, privateKey);
      const raw = derToRaw(der);
      expect(rawToDer(raw).equals(der)).toBe(true);
      if (i < 200) expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true);
    }
  });
});

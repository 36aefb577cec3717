import { Clock } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { ALGORITHMS } from './algorithms';
import { generateSigningKey, type KeyPair } from './key-pair';
import { KeySet } from './key-set';
import type { KeySets } from './key-sets';
import type { SigningKeyEntity } from './signing-key.entity';
import { Verifier } from './verifier';

class FixedClock extends Clock {
  now(): Date {
    return new Date('2026-05-06T07:08:09Z');
  }
}

const NOW = 1778051289;
const API = 'https://api.example';
const tenant = { id: 't1', issuer: 'https://id.example/t/a' } as Tenant;
const claims = { iss: tenant.issuer, sub: 's', aud: API, client_id: 'c', iat: NOW, exp: NOW + 300, jti: 'j' };
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

let key: KeyPair;
let header: { alg: string; kid: string; typ: string };
let verifier: Verifier;

beforeAll(async () => {
  key = await generateSigningKey('ES256', 2048);
  header = { alg: key.alg, kid: key.kid, typ: 'at+jwt' };
  const row = { ...key, tenantId: 't1', id: key.kid, state: 'current', wrappedPrivateKey: '' };
  const set = new KeySet('t1', [row as unknown as SigningKeyEntity]);
  verifier = new Verifier({ peek: () => set } as unknown as KeySets, new FixedClock());
});

/** Whatever header and payload say, the signature is that of the real key. */
async function signed(protectedHeader: unknown, payload: unknown): Promise<string> {
  const input = `${encode(protectedHeader)}.${encode(payload)}`;
  const signature = await ALGORITHMS[key.alg].sign(Buffer.from(input), key.privateKey);
  return `${input}.${signature.toString('base64url')}`;
}

const accepts = (jwt: string) => verifier.verify(tenant, jwt, { type: 'at+jwt', audience: API });

describe('S-093 types do not mix', () => {
  const types = ['JWT', 'at+jwt', 'logout+jwt'] as const;

  it.each(types.flatMap((made) => types.map((expected) => [made, expected] as const)))(
    'S-093 a token of type %s where %s is expected',
    async (made, expected) => {
      const jwt = await signed({ ...header, typ: made }, claims);
      expect((await verifier.verify(tenant, jwt, { type: expected })) !== null).toBe(made === expected);
    },
  );

  it.each(['at+JWT', 'AT+JWT', 'jwt', 'text/at+jwt', 'application/application/at+jwt', ' at+jwt', '', 1, null])(
    'S-093 refuses typ %p',
    async (typ) => {
      await expect(accepts(await signed({ ...header, typ }, claims))).resolves.toBeNull();
    },
  );

  it('RFC 9068 §4 takes the long spelling of the type, too', async () => {
    await expect(accepts(await signed({ ...header, typ: 'application/at+jwt' }, claims))).resolves.not.toBeNull();
  });
});

describe('S-094 claims of one type', () => {
  const bad: [what: string, change: unknown][] = [
    ['iss as a list', { iss: [tenant.issuer] }],
    ['another issuer', { iss: 'https://id.example/t/b' }],
    ['the issuer with a slash', { iss: `${tenant.issuer}/` }],
    ['no issuer', { iss: undefined }],
    ['aud as an object', { aud: { 0: API } }],
    ['an empty aud', { aud: [] }],
    ['aud with a number', { aud: [API, 1] }],
    ['no aud', { aud: undefined }],
    ['another audience', { aud: 'https://other.example' }],
    ['a longer audience', { aud: `${API}.evil.example` }],
    ['exp as a text', { exp: String(NOW + 300) }],
    ['no exp', { exp: undefined }],
    ['exp beyond numbers', { exp: '1e999' }],
    ['exp now', { exp: NOW }],
    ['iat as a text', { iat: String(NOW) }],
    ['no iat', { iat: undefined }],
    ['nbf as a text', { nbf: '0' }],
    ['nbf a minute ahead', { nbf: NOW + 60 }],
    ['sub as a number', { sub: 1 }],
    ['sub null', { sub: null }],
    ['jti as a list', { jti: ['j'] }],
  ];

  it.each(bad)('S-094, RFC 7519 §4.1 refuses %s, signed by the real key', async (_what, change) => {
    await expect(accepts(await signed(header, { ...claims, ...(change as object) }))).resolves.toBeNull();
  });

  it.each([
    ['a list', [claims]],
    ['a text', '"claims"'],
    ['null', 'null'],
    ['no JSON', '{'],
    ['a number', '1'],
    ['exp 1e999', JSON.stringify(claims).replace(String(NOW + 300), '1e999')],
  ])('S-094 refuses a payload that is %s, signed by the real key', async (_what, payload) => {
    await expect(accepts(await signed(header, payload))).resolves.toBeNull();
  });

  it('S-094 accepts several audiences of which one is meant, and an nbf that clocks may differ by', async () => {
    const jwt = await signed(header, { ...claims, aud: [tenant.issuer, API], nbf: NOW + 8 });
    await expect(accepts(jwt)).resolves.not.toBeNull();
  });
});

describe('S-096 strict compact form', () => {
  it('S-096, RFC 7515 §7.1 refuses every other form of a token that is good', async () => {
    const jwt = await signed(header, claims);
    const [head, payload, signature] = jwt.split('.') as [string, string, string];
    const forms = [
      JSON.stringify({ protected: head, payload, signature }),
      JSON.stringify({ payload, signatures: [{ protected: head, signature }] }),
      `${jwt}=`,
      `${head}=.${payload}.${signature}`,
      ` ${jwt}`,
      `${jwt}\n`,
      `${jwt}.`,
      `${jwt}.${signature}`,
      `${head}..${signature}`,
      `${head}.${payload}`,
      jwt
        .replaceAll('-', '+')
        .replaceAll('_', '/')
        .concat(jwt.includes('-') || jwt.includes('_') ? '' : '+'),
      `${head}.${payload}.${signature.slice(0, -1)}${nextSpelling(signature)}`,
      `${head}.${payload}.${signature}A`,
      '',
      '...',
      '..',
    ];
    for (const form of forms) await expect(accepts(form)).resolves.toBeNull();
    await expect(accepts(jwt)).resolves.not.toBeNull();
  });

  /** Another last character that lenient decoders read as the same bytes. */
  function nextSpelling(segment: string): string {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const other = alphabet[alphabet.indexOf(segment.at(-1)!) + 1]!;
    expect(Buffer.from(segment.slice(0, -1) + other, 'base64url').equals(Buffer.from(segment, 'base64url'))).toBe(true);
    return other;
  }

  it('S-096 refuses what is longer than 16 kB, and what is no text', async () => {
    const long = await signed(header, { ...claims, filler: 'x'.repeat(13_000) });
    expect(long.length).toBeGreaterThan(16_384);
    await expect(accepts(long)).resolves.toBeNull();
    for (const value of [undefined, null, 1, {}, [await signed(header, claims)]]) {
      await expect(accepts(value as string)).resolves.toBeNull();
    }
  });

  it('S-096 refuses a header that is no object or no UTF-8', async () => {
    for (const other of ['null', '[]', '"a"', '{', '1']) {
      await expect(accepts(await signed(other, claims))).resolves.toBeNull();
    }
    const bytes = Buffer.concat([
      Buffer.from('{"alg":"ES256","typ":"at+jwt","kid":"'),
      Buffer.of(0xff),
      Buffer.from('"}'),
    ]);
    await expect(accepts(`${bytes.toString('base64url')}.e30.AAAA`)).resolves.toBeNull();
  });
});

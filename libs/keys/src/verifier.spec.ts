import { createHmac, createPublicKey, sign } from 'node:crypto';
import net from 'node:net';
import { Clock } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { ALGORITHMS } from './algorithms';
import { generateSigningKey, type KeyPair } from './key-pair';
import { KeySet } from './key-set';
import type { KeySets } from './key-sets';
import type { KeyState, SigningKeyEntity } from './signing-key.entity';
import { Verifier } from './verifier';

class SteppedClock extends Clock {
  instant = new Date('2026-05-06T07:08:09Z');
  now(): Date {
    return this.instant;
  }
}

const NOW = 1778051289;
const API = 'https://api.example';
const tenant = { id: 't1', issuer: 'https://id.example/t/a' } as Tenant;
const claims = { iss: tenant.issuer, sub: 's', aud: API, client_id: 'c', iat: NOW, exp: NOW + 300, jti: 'j' };
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function keySetOf(pairs: readonly KeyPair[], state: KeyState = 'current'): KeySet {
  const rows = pairs.map(
    ({ kid, alg, publicJwk }) =>
      ({ tenantId: 't1', id: kid, kid, alg, state, publicJwk, wrappedPrivateKey: '' }) as SigningKeyEntity,
  );
  return new KeySet('t1', rows);
}

let ec: KeyPair;
let rsa: KeyPair;
let foreign: KeyPair;
let store: { set: KeySet };
let clock: SteppedClock;
let verifier: Verifier;

beforeAll(async () => {
  ec = await generateSigningKey('ES256', 2048);
  rsa = await generateSigningKey('RS256', 2048);
  foreign = await generateSigningKey('ES256', 2048);
});

beforeEach(() => {
  store = { set: keySetOf([ec, rsa]) };
  clock = new SteppedClock();
  verifier = new Verifier({ peek: () => store.set } as unknown as KeySets, clock);
});

const headerOf = ({ alg, kid }: KeyPair) => ({ alg, kid, typ: 'at+jwt' });

async function signed(header: unknown, payload: unknown, pair = ec): Promise<string> {
  const input = `${encode(header)}.${encode(payload)}`;
  const signature = await ALGORITHMS[pair.alg].sign(Buffer.from(input), pair.privateKey);
  return `${input}.${signature.toString('base64url')}`;
}

const withSignature = (header: unknown, make: (input: Buffer) => Buffer) => {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${make(Buffer.from(input)).toString('base64url')}`;
};

const accepts = (jwt: string) => verifier.verify(tenant, jwt, { type: 'at+jwt', audience: API });

it('RFC 7515 §5.2, RFC 7519 §7.2 accepts a token of ours', async () => {
  await expect(accepts(await signed(headerOf(ec), claims))).resolves.toEqual({ header: headerOf(ec), claims });
  await expect(accepts(await signed(headerOf(rsa), claims, rsa))).resolves.not.toBeNull();
});

describe('S-090 forged algorithms and signatures', () => {
  const publicPem = ({ publicJwk }: KeyPair) =>
    createPublicKey({ key: { ...publicJwk }, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
  const hmac = (key: string | Buffer) => (input: Buffer) => createHmac('sha256', key).update(input).digest();

  const forgeries: [what: string, forge: () => string | Promise<string>][] = [
    ['alg none without a signature', () => `${encode({ ...headerOf(ec), alg: 'none' })}.${encode(claims)}.`],
    ['alg none with a signature', () => withSignature({ ...headerOf(ec), alg: 'none' }, () => Buffer.from('x'))],
    ['alg NoNe signed by the real key', () => signed({ ...headerOf(ec), alg: 'NoNe' }, claims)],
    [
      'HS256 with the public RSA key as its secret',
      () => withSignature({ ...headerOf(rsa), alg: 'HS256' }, hmac(publicPem(rsa))),
    ],
    [
      'HS256 with the public EC key as its secret',
      () => withSignature({ ...headerOf(ec), alg: 'HS256' }, hmac(publicPem(ec))),
    ],
    ['the RSA key under PS256', () => signed({ ...headerOf(rsa), alg: 'PS256' }, claims, rsa)],
    [
      'a PSS signature under RS256',
      () =>
        withSignature(headerOf(rsa), (input) =>
          sign('sha256', input, { key: rsa.privateKey, padding: 6, saltLength: 32 }),
        ),
    ],
    ['the EC key under ES384', () => signed({ ...headerOf(ec), alg: 'ES384' }, claims)],
    ['the EC key named with the kid of the RSA key', () => signed({ ...headerOf(ec), kid: rsa.kid }, claims)],
    ['another key under our kid', () => signed(headerOf(ec), claims, { ...foreign, kid: ec.kid })],
    ['R and S of zero', () => withSignature(headerOf(ec), () => Buffer.alloc(64))],
    [
      'R and S of the group order',
      () =>
        withSignature(headerOf(ec), () =>
          Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'.repeat(2), 'hex'),
        ),
    ],
    ['a signature in DER', () => withSignature(headerOf(ec), (input) => sign('sha256', input, ec.privateKey))],
    [
      'a signature cut short',
      () =>
        withSignature(headerOf(ec), (input) =>
          sign('sha256', input, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).subarray(0, 63),
        ),
    ],
    ['no alg', () => signed({ kid: ec.kid, typ: 'at+jwt' }, claims)],
    ['alg as a list', () => signed({ ...headerOf(ec), alg: ['ES256'] }, claims)],
  ];

  it.each(forgeries)('S-090 refuses %s', async (_what, forge) => {
    await expect(accepts(await forge())).resolves.toBeNull();
  });

  it('S-090 refuses a token whose payload or header was changed', async () => {
    const [header, payload, signature] = (await signed(headerOf(ec), claims)).split('.') as [string, string, string];
    await expect(accepts(`${header}.${encode({ ...claims, sub: 'admin' })}.${signature}`)).resolves.toBeNull();
    await expect(accepts(`${encode({ ...headerOf(ec), x: 1 })}.${payload}.${signature}`)).resolves.toBeNull();
  });
});

describe('S-091 keys in headers', () => {
  const members = () => ({
    jku: 'https://attacker.example/jwks',
    x5u: 'https://attacker.example/cert',
    jwk: foreign.publicJwk,
    x5c: ['MIIB'],
  });

  it.each(['jku', 'x5u', 'jwk', 'x5c'] as const)('S-091 neither follows nor trusts %s', async (member) => {
    const dial = jest.spyOn(net.Socket.prototype, 'connect');
    const fetching = jest.spyOn(globalThis, 'fetch');
    const extra = { [member]: members()[member] };
    await expect(accepts(await signed({ ...headerOf(foreign), ...extra }, claims, foreign))).resolves.toBeNull();
    await expect(accepts(await signed({ ...headerOf(ec), ...extra }, claims, foreign))).resolves.toBeNull();
    // Signed by us it is ours, whatever else the header says.
    await expect(accepts(await signed({ ...headerOf(ec), ...extra }, claims))).resolves.not.toBeNull();
    expect(dial).not.toHaveBeenCalled();
    expect(fetching).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  it('RFC 7515 §4.1.11 refuses crit, whatever it names', async () => {
    await expect(accepts(await signed({ ...headerOf(ec), crit: ['exp'], exp: 1 }, claims))).resolves.toBeNull();
    await expect(accepts(await signed({ ...headerOf(ec), crit: [] }, claims))).resolves.toBeNull();
    await expect(accepts(await signed({ ...headerOf(ec), b64: true }, claims))).resolves.toBeNull();
  });
});

describe('S-092 kid is data', () => {
  const kids = [
    "' OR '1'='1",
    '../../../etc/passwd',
    'a\0b',
    'k'.repeat(10_000),
    '__proto__',
    'constructor',
    '',
    '%00',
    7,
    null,
    ['a'],
    {},
  ];

  it.each(kids.map((kid) => [JSON.stringify(kid).slice(0, 30), kid]))('S-092 refuses kid %s', async (_shown, kid) => {
    await expect(accepts(await signed({ ...headerOf(ec), kid }, claims))).resolves.toBeNull();
  });

  it('S-092 refuses a token without a kid', async () => {
    await expect(accepts(await signed({ alg: 'ES256', typ: 'at+jwt' }, claims))).resolves.toBeNull();
  });
});

describe('verified signatures in memory', () => {
  const verifications = () => jest.spyOn(ALGORITHMS.ES256, 'verify');
  afterEach(() => jest.restoreAllMocks());

  it('verifies the signature once, and the instant every time', async () => {
    const spy = verifications();
    const jwt = await signed(headerOf(ec), claims);
    await expect(accepts(jwt)).resolves.not.toBeNull();
    await expect(accepts(jwt)).resolves.not.toBeNull();
    expect(spy).toHaveBeenCalledTimes(1);
    clock.instant = new Date((NOW + 300) * 1000);
    await expect(accepts(jwt)).resolves.toBeNull();
  });

  it('looks at type, audience and issuer every time', async () => {
    const jwt = await signed(headerOf(ec), claims);
    await accepts(jwt);
    await expect(verifier.verify(tenant, jwt, { type: 'JWT' })).resolves.toBeNull();
    await expect(verifier.verify(tenant, jwt, { type: 'at+jwt', audience: 'https://b.example' })).resolves.toBeNull();
    await expect(
      verifier.verify({ ...tenant, issuer: 'https://b.example' }, jwt, { type: 'at+jwt' }),
    ).resolves.toBeNull();
  });

  it('falls with the key', async () => {
    const jwt = await signed(headerOf(ec), claims);
    await expect(accepts(jwt)).resolves.not.toBeNull();
    store.set = keySetOf([rsa, foreign]);
    await expect(accepts(jwt)).resolves.toBeNull();
    await expect(verifier.verify(tenant, jwt, { type: 'at+jwt', ignoreExpiry: true })).resolves.toBeNull();
  });

  it('keeps no forged token, and answers each one anew', async () => {
    const spy = verifications();
    const forged = await signed(headerOf(ec), claims, { ...foreign, kid: ec.kid });
    for (let i = 0; i < 3; i++) await expect(accepts(forged)).resolves.toBeNull();
    expect(spy).toHaveBeenCalledTimes(3);
  });

  it('hands out claims that no caller can change for another', async () => {
    const jwt = await signed(headerOf(ec), { ...claims, cnf: { jkt: 'a' } });
    const verified = (await accepts(jwt))!;
    expect(() => Object.assign(verified.claims, { sub: 'admin' })).toThrow(TypeError);
    expect(() => Object.assign(verified.claims.cnf as object, { jkt: 'b' })).toThrow(TypeError);
  });
});

describe('keys that are not published any more', () => {
  it('OIDC RP-Initiated Logout §2 a retired key verifies a hint, and nothing else', async () => {
    const jwt = await signed({ ...headerOf(ec), typ: 'JWT' }, claims);
    store.set = keySetOf([ec], 'retired');
    await expect(verifier.verify(tenant, jwt, { type: 'JWT' })).resolves.toBeNull();
    await expect(verifier.verify(tenant, jwt, { type: 'JWT', ignoreExpiry: true })).resolves.not.toBeNull();
  });

  it('OIDC RP-Initiated Logout §2 an expired token is good enough for a hint, with the right issuer only', async () => {
    const jwt = await signed({ ...headerOf(ec), typ: 'JWT' }, { ...claims, exp: NOW - 10_000 });
    await expect(verifier.verify(tenant, jwt, { type: 'JWT' })).resolves.toBeNull();
    await expect(verifier.verify(tenant, jwt, { type: 'JWT', ignoreExpiry: true })).resolves.not.toBeNull();
    const other = { ...tenant, issuer: 'https://b.example' };
    await expect(verifier.verify(other, jwt, { type: 'JWT', ignoreExpiry: true })).resolves.toBeNull();
  });
});

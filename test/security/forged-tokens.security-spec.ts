import { createHmac, createPublicKey } from 'node:crypto';
import { JwtPlaces, PLACES } from '../support/jwt-places';
import { KeyServer } from '../support/key-server';

describe('forged JWTs', () => {
  let canary: KeyServer;
  let places: JwtPlaces;

  beforeAll(async () => {
    canary = await KeyServer.start();
    // Nothing but the rule itself keeps the server from asking there.
    places = await JwtPlaces.start({ OUTBOUND_ALLOWED_HOSTS: canary.host });
    canary.keys = [places.stranger];
  });

  afterAll(async () => {
    await places?.close();
    await canary?.close();
  });

  it.each(PLACES)('what is right is taken: %s', async (place) => {
    expect(await places.isTaken(place, await places.right(place))).toBe(true);
  });

  describe('S-090 forged ones', () => {
    const hmac = (secret: string | Buffer) => (input: string) =>
      createHmac('sha256', secret).update(input).digest('base64url');
    const pem = async (jwt: string) =>
      createPublicKey({ key: { ...(await places.publicKey(jwt)) }, format: 'jwk' }).export({
        format: 'pem',
        type: 'spki',
      });
    const forgeries: [string, (jwt: string) => Promise<string>][] = [
      ['alg none', (jwt) => places.forge(jwt, { alg: 'none' }, () => '')],
      ['alg none with a signature', (jwt) => places.forge(jwt, { alg: 'none' }, () => 'AAAA')],
      ['alg nOnE', (jwt) => places.forge(jwt, { alg: 'nOnE' }, () => '')],
      ['HS256 by the public key', async (jwt) => places.forge(jwt, { alg: 'HS256' }, hmac(await pem(jwt)))],
      ['HS256 by nothing', (jwt) => places.forge(jwt, { alg: 'HS256' }, hmac(''))],
      ['HS256 by the secret of the client', (jwt) => places.forge(jwt, { alg: 'HS256' }, hmac(places.flow.app.secret))],
      ['another key under our kid', (jwt) => places.forge(jwt, { alg: 'ES256' })],
      ['another key under its own kid', (jwt) => places.forge(jwt, { alg: 'ES256', kid: places.stranger.kid })],
      ['a signature of zeros', (jwt) => places.forge(jwt, {}, () => Buffer.alloc(64).toString('base64url'))],
      ['the signature of something else', (jwt) => places.forge(jwt, {}, () => jwt.split('.')[2]!)],
      ['no signature', async (jwt) => jwt.replace(/[^.]+$/, '')],
      ['crit', (jwt) => places.forge(jwt, { alg: 'ES256', crit: ['b64'], b64: false }, () => jwt.split('.')[2]!)],
    ];

    it.each(PLACES.flatMap((place) => forgeries.map(([name, make]) => [place, name, make] as const)))(
      'S-090 at %s: %s',
      async (place, _name, make) => {
        expect(await places.isTaken(place, await make(await places.right(place)))).toBe(false);
      },
    );
  });

  it('S-091 nobody fetches, or believes, a key that the token itself names', async () => {
    const chain = { x5u: canary.url, x5c: ['MIIB'], 'x5t#S256': 'AAAA' };
    const headers = [{ jku: canary.url }, { x5u: canary.url }, { jwk: places.stranger.publicJwk }, chain];
    for (const place of PLACES) {
      for (const header of headers) {
        for (const kid of [places.stranger.kid, undefined, canary.url]) {
          const forged = await places.forge(await places.right(place), { alg: 'ES256', kid, ...header });
          expect({ place, header, taken: await places.isTaken(place, forged) }).toEqual({
            place,
            header,
            taken: false,
          });
        }
      }
    }
    expect([canary.requests, canary.connections]).toEqual([0, 0]);
  });

  it('S-092 kid is a name and nothing more', async () => {
    const kids = [
      `' OR '1'='1`,
      `x'; DROP TABLE signing_key; --`,
      '../../../../dev/null',
      '\0',
      'k'.repeat(10_000),
      '__proto__',
      'constructor',
      '',
      'https://client.example/key',
      '\ud800',
      0,
      null,
      ['stranger'],
      { toString: 'x' },
    ];
    for (const place of PLACES) {
      for (const kid of kids) {
        const forged = await places.forge(await places.right(place), { alg: 'ES256', kid }, () =>
          Buffer.alloc(64).toString('base64url'),
        );
        expect({ place, kid, taken: await places.isTaken(place, forged) }).toEqual({ place, kid, taken: false });
      }
      expect(await places.isTaken(place, await places.right(place))).toBe(true);
    }
  });
});

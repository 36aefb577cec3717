import type { ClientKeys } from '@tokenidp/clients';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { clientLike } from '../../test/samples';
import { algorithmsFor, isSignedBy, mediaType, readClientJwt } from './client-jwt';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a JWT of a client', () => {
  it('RFC 7515 §5.2 is read in compact form, and not believed', () => {
    const jwt = `${encode({ alg: 'none' })}.${encode({ iss: 'app' })}.c2ln`;
    expect(readClientJwt(jwt, 100)).toEqual({ jwt, header: { alg: 'none' }, claims: { iss: 'app' } });
  });

  it.each([
    ['', 100],
    ['a.b', 100],
    ['a.b.c', 100],
    [`${encode({})}.${encode({})}.`, 100],
    [`${encode({})}.${encode([])}.x`, 100],
    [`${encode({})}.${encode(null)}.x`, 100],
    [`${encode({})}.${encode({})}.x.y.z`, 100],
    [`${encode({})}.${encode({})}.x y`, 100],
    [`${encode({})}.${encode({})}.x`, 5],
  ])('RFC 7515 §5.2 is not %j of at most %d', (jwt, maxLength) => {
    expect(readClientJwt(jwt, maxLength)).toBeNull();
  });

  it.each([
    [undefined, undefined],
    ['JWT', 'jwt'],
    ['application/OAuth-authz-req+jwt', 'oauth-authz-req+jwt'],
    [1, 1],
  ])('RFC 8725 §3.11 says by typ %j what it is: %j', (typ, expected) => {
    expect(mediaType(typ)).toBe(expected);
  });

  it.each([
    [undefined, ['ES256', 'Ed25519', 'EdDSA']],
    ['ES256', ['ES256']],
    ['EdDSA', ['Ed25519', 'EdDSA']],
    ['RS256', []],
  ])('RFC 9864 §2.2 with %s registered may be signed by %j', (registered, expected) => {
    expect(algorithmsFor(registered, ['ES256', 'Ed25519', 'EdDSA'])).toEqual(expected);
  });

  it('RFC 8725 §3.1 S-090 is signed by a key of the client with an algorithm that is allowed, else no key is asked for', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const asked: unknown[] = [];
    const keys = {
      keys: async (_client: object, kid?: string) => {
        asked.push(kid);
        return { keys: [{ ...(await exportJWK(publicKey)), kid: 'k' }] };
      },
    } as unknown as ClientKeys;
    const signed = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey);
    const jwt = readClientJwt(signed, 999)!;
    expect(await isSignedBy(clientLike(), keys, jwt, ['PS256'])).toBe(false);
    expect(asked).toEqual([]);
    expect(await isSignedBy(clientLike(), keys, jwt, ['ES256'])).toBe(true);
    expect(asked).toEqual(['k']);
  });
});

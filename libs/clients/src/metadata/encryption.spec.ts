import { generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';
import { ClientMetadataError } from './client-metadata-error';
import { encryptionMembers, findEncryptionKey } from './encryption';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }) as JWK;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }) as JWK;
const jwks_uri = 'https://app.test/keys';

function outcome(input: Record<string, unknown>, keys: object = { jwks_uri }): unknown {
  try {
    return encryptionMembers(input, keys);
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    return `${error.error} ${error.member}`;
  }
}

describe('OIDC Registration §2 what is encrypted for a client', () => {
  it('is nothing by default', () => expect(outcome({}, {})).toEqual({}));

  it('RFC 7518 §5.1 has A128CBC-HS256 by default', () => {
    expect(outcome({ id_token_encrypted_response_alg: 'ECDH-ES' })).toEqual({
      id_token_encrypted_response_alg: 'ECDH-ES',
      id_token_encrypted_response_enc: 'A128CBC-HS256',
    });
    expect(
      outcome({ userinfo_encrypted_response_alg: 'RSA-OAEP-256', userinfo_encrypted_response_enc: 'A256GCM' }),
    ).toEqual({ userinfo_encrypted_response_alg: 'RSA-OAEP-256', userinfo_encrypted_response_enc: 'A256GCM' });
  });

  it.each(['RSA1_5', 'RSA-OAEP', 'dir', 'A128KW', 'none', 7])('RFC 7518 §4.1 refuses the algorithm %p', (alg) => {
    const member = 'userinfo_encrypted_response_alg';
    expect(outcome({ [member]: alg })).toBe(`invalid_client_metadata ${member}`);
  });

  it.each([
    ['an unknown enc', { id_token_encrypted_response_alg: 'ECDH-ES', id_token_encrypted_response_enc: 'A128' }, 'enc'],
    ['an enc without an alg', { id_token_encrypted_response_enc: 'A128GCM' }, 'enc'],
  ])('RFC 7518 §5.1 refuses %s', (_title, input, member) => {
    expect(outcome(input)).toBe(`invalid_client_metadata id_token_encrypted_response_${member}`);
  });

  it.each([
    ['no keys at all', {}, 'ECDH-ES'],
    ['a key of another kind', { jwks: { keys: [rsa] } }, 'ECDH-ES'],
    ['a key that signs', { jwks: { keys: [{ ...ec, use: 'sig' }] } }, 'ECDH-ES'],
    ['a key for another algorithm', { jwks: { keys: [{ ...ec, alg: 'ES256' }] } }, 'ECDH-ES'],
    ['a key that verifies', { jwks: { keys: [{ ...rsa, key_ops: ['verify'] }] } }, 'RSA-OAEP-256'],
  ])('RFC 7517 §4.2 refuses a client with %s', (_title, keys, id_token_encrypted_response_alg) => {
    expect(outcome({ id_token_encrypted_response_alg }, keys)).toBe(
      'invalid_client_metadata id_token_encrypted_response_alg',
    );
  });

  it('RFC 7517 §4.2 takes a key that says so before one that says nothing', () => {
    const keys = [
      { ...ec, kid: 'any' },
      { ...rsa, kid: 'rsa', use: 'enc' },
      { ...ec, kid: 'enc', use: 'enc' },
    ];
    expect(findEncryptionKey({ keys }, 'ECDH-ES+A128KW')?.kid).toBe('enc');
    expect(findEncryptionKey({ keys }, 'RSA-OAEP-256')?.kid).toBe('rsa');
    expect(findEncryptionKey({ keys: keys.slice(0, 1) }, 'ECDH-ES')?.kid).toBe('any');
  });
});

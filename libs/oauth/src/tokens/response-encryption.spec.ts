import { compactDecrypt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import { refusalOf } from '../../test/samples';
import { appLike, encryption } from '../../test/token-samples';

async function reader(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] } };
}

describe('OIDC Core §10.2, RFC 7516 §5.1, RFC 7519 §5.2 what only the client can read', () => {
  it('is the text itself for a client that has not asked for it', async () => {
    const userinfoOnly = appLike({
      userinfo_encrypted_response_alg: 'ECDH-ES',
      userinfo_encrypted_response_enc: 'A128GCM',
    });
    expect(await encryption.encrypt(appLike(), 'id_token', { text: 'a.b.c', isJwt: true })).toBe('a.b.c');
    expect(await encryption.encrypt(userinfoOnly, 'id_token', { text: 'a.b.c', isJwt: true })).toBe('a.b.c');
  });

  it.each([true, false])('is encrypted for its key (a JWT: %s)', async (isJwt) => {
    const { privateKey, jwks } = await reader('ECDH-ES');
    const app = appLike({
      jwks,
      id_token_encrypted_response_alg: 'ECDH-ES',
      id_token_encrypted_response_enc: 'A256GCM',
    });
    const jwe = await encryption.encrypt(app, 'id_token', { text: 'täxt', isJwt, replicated: { iss: 'us' } });
    const { epk, ...header } = decodeProtectedHeader(jwe);
    expect(epk).toBeDefined();
    expect(header).toEqual({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 'k1', iss: 'us', ...(isJwt && { cty: 'JWT' }) });
    expect(new TextDecoder().decode((await compactDecrypt(jwe, privateKey)).plaintext)).toBe('täxt');
  });

  it('is refused for a client without a fitting key, never sent in the clear', async () => {
    const { jwks } = await reader('ECDH-ES');
    const app = appLike({
      jwks,
      id_token_encrypted_response_alg: 'RSA-OAEP-256',
      id_token_encrypted_response_enc: 'A256GCM',
    });
    expect(await refusalOf(() => encryption.encrypt(app, 'id_token', { text: 'a', isJwt: true }))).toBe(
      'invalid_request',
    );
  });
});

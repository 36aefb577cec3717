import { CONTENT_ENCRYPTIONS, ENCRYPTION_ALGORITHMS, type NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import {
  compactDecrypt,
  type CryptoKey,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWK,
  jwtVerify,
  createRemoteJWKSet,
} from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { CodeFlow } from '../support/code-flow';
import { DocumentSite } from '../support/document-site';
import { createClient, createUser } from '../support/fixtures';
import { send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { LogoutReceiver } from '../support/logout-receiver';

interface EncryptionKey {
  jwk: JWK;
  privateKey: CryptoKey;
}

async function newKey(alg: string, kid: string): Promise<EncryptionKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { jwk: { ...(await exportJWK(publicKey)), kid, use: 'enc', alg }, privateKey };
}

describe('OIDC Core §10.2 encrypted ID tokens and userinfo', () => {
  let sites: DocumentSite;
  let receiver: LogoutReceiver;
  let idp: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;
  let browser: HttpBrowser;

  beforeAll(async () => {
    [sites, receiver] = await Promise.all([DocumentSite.start(), LogoutReceiver.start()]);
    idp = await startIdp({ environment: { OUTBOUND_ALLOWED_HOSTS: `${sites.host},${receiver.host}` } });
    tenant = await idp.createTenant({ slug: 'acme' });
    ({ credentials } = await createUser(idp, tenant));
    browser = new HttpBrowser();
  });

  afterAll(async () => {
    await idp?.close();
    await Promise.all([sites?.close(), receiver?.close()]);
  });

  /** A stock client that decrypts with its key. */
  async function appWith(key: EncryptionKey, metadata: Partial<NewClient>): Promise<CodeFlow> {
    const app = await createClient(idp, tenant, { consent: 'implicit', jwks: { keys: [key.jwk] }, ...metadata });
    const flow = await CodeFlow.of(tenant, app);
    openid.enableDecryptingResponses(flow.config, [...CONTENT_ENCRYPTIONS], {
      key: key.privateKey,
      alg: key.jwk.alg!,
      kid: key.jwk.kid!,
    });
    return flow;
  }

  const enter = async (flow: CodeFlow) => flow.tokens(await flow.code(browser, { credentials }));
  /** The answer as it travels. */
  const rawIdToken = async (flow: CodeFlow) =>
    String((await flow.redeem(await flow.code(browser, { credentials }))).json!.id_token);

  it('§10.2 S-003 says which in its metadata', async () => {
    const flow = await CodeFlow.of(tenant, await createClient(idp, tenant));
    expect(flow.config.serverMetadata()).toMatchObject({
      id_token_encryption_alg_values_supported: ENCRYPTION_ALGORITHMS,
      id_token_encryption_enc_values_supported: CONTENT_ENCRYPTIONS,
      userinfo_encryption_alg_values_supported: ENCRYPTION_ALGORITHMS,
      userinfo_encryption_enc_values_supported: CONTENT_ENCRYPTIONS,
    });
  });

  const everyEnc = CONTENT_ENCRYPTIONS.map((enc) => ['ECDH-ES', enc] as const);
  const everyAlg = ENCRYPTION_ALGORITHMS.map((alg) => [alg, 'A256GCM'] as const);

  it.each([...everyAlg, ...everyEnc])('§10.2 S-003 a stock client reads both with %s and %s', async (alg, enc) => {
    const key = await newKey(alg, 'k1');
    const flow = await appWith(key, {
      id_token_encrypted_response_alg: alg,
      id_token_encrypted_response_enc: enc,
      userinfo_signed_response_alg: 'ES256',
      userinfo_encrypted_response_alg: alg,
      userinfo_encrypted_response_enc: enc,
    });
    const tokens = await enter(flow);
    const { sub } = tokens.claims()!;
    expect(await openid.fetchUserInfo(flow.config, tokens.access_token, sub)).toMatchObject({ sub });
  });

  it('RFC 7519 §5.2 signed first: a nested JWT, with the client’s key and the default enc', async () => {
    const key = await newKey('RSA-OAEP-256', 'of-the-client');
    const flow = await appWith(key, {
      id_token_encrypted_response_alg: 'RSA-OAEP-256',
      id_token_signed_response_alg: 'ES256',
    });
    const jwe = await rawIdToken(flow);
    expect(decodeProtectedHeader(jwe)).toEqual({
      alg: 'RSA-OAEP-256',
      enc: 'A128CBC-HS256',
      kid: 'of-the-client',
      cty: 'JWT',
    });
    const { plaintext } = await compactDecrypt(jwe, key.privateKey);
    const keys = createRemoteJWKSet(new URL(flow.config.serverMetadata().jwks_uri!));
    const { payload, protectedHeader } = await jwtVerify(plaintext, keys, {
      issuer: tenant.issuer,
      audience: flow.app.client.client_id,
    });
    expect(protectedHeader.alg).toBe('ES256');
    expect(payload.sub).toEqual(expect.any(String));
  });

  it('OIDC Core §5.3.2 userinfo that is not signed is the encrypted JSON itself', async () => {
    const key = await newKey('ECDH-ES', 'k1');
    const flow = await appWith(key, { userinfo_encrypted_response_alg: 'ECDH-ES' });
    const { access_token } = await enter(flow);
    const answer = await send(`${tenant.issuer}/userinfo`, { headers: { authorization: `Bearer ${access_token}` } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/jwt/);
    expect(decodeProtectedHeader(answer.text)).not.toHaveProperty('cty');
    const { plaintext } = await compactDecrypt(answer.text, key.privateKey);
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual({ sub: expect.any(String) });
  });

  it('OIDC Core §10.2 keys by jwks_uri: one for encryption among others; without one nothing is spent', async () => {
    const [enc, sig] = [await newKey('RSA-OAEP-256', 'enc'), await newKey('RSA-OAEP-256', 'sig')];
    const jwks_uri = sites.publish('/keys', { keys: [{ ...sig.jwk, use: 'sig' }, enc.jwk] });
    const flow = await appWith(enc, { jwks: undefined, jwks_uri, id_token_encrypted_response_alg: 'RSA-OAEP-256' });
    expect(decodeProtectedHeader(await rawIdToken(flow)).kid).toBe('enc');

    const gone = sites.publish('/gone', { keys: [{ ...sig.jwk, use: 'sig' }] });
    const without = await appWith(enc, {
      jwks: undefined,
      jwks_uri: gone,
      id_token_encrypted_response_alg: 'RSA-OAEP-256',
    });
    const code = await without.code(browser, { credentials });
    expect(await without.redeem(code)).toMatchObject({ status: 400, json: { error: 'invalid_request' } });
    const unspent = await idp.database.dataSource.query<unknown[]>(
      `SELECT 1 FROM "authorization_code" WHERE "redeemedAt" IS NULL`,
    );
    expect(unspent).toHaveLength(1);
    sites.publish('/gone', { keys: [enc.jwk] });
    idp.clock.forward(61);
    const later = await without.redeem(await without.code(browser, { credentials }));
    idp.clock.reset();
    expect(decodeProtectedHeader(String(later.json!.id_token)).kid).toBe('enc');
  });

  it('OIDC Back-Channel Logout §2.4 logout tokens are encrypted alike, with iss in the header', async () => {
    const key = await newKey('ECDH-ES+A256KW', 'k1');
    const flow = await appWith(key, {
      id_token_encrypted_response_alg: 'ECDH-ES+A256KW',
      backchannel_logout_uri: receiver.url('/encrypted'),
    });
    const mine = new HttpBrowser();
    const tokens = await flow.tokens(await flow.code(mine, { credentials }));
    const { plaintext } = await compactDecrypt(tokens.id_token!, key.privateKey);
    const hint = new TextDecoder().decode(plaintext);
    await mine.open(openid.buildEndSessionUrl(flow.config, { id_token_hint: hint }).href);
    const [jwe] = await receiver.tokens('/encrypted');
    expect(decodeProtectedHeader(jwe!)).toMatchObject({ cty: 'JWT', iss: tenant.issuer });
    const { plaintext: inner } = await compactDecrypt(jwe!, key.privateKey);
    expect(decodeProtectedHeader(new TextDecoder().decode(inner)).typ).toBe('logout+jwt');
  });
});

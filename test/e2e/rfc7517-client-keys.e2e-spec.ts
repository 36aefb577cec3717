import { ClientMetadataError } from '@tokenidp/clients';
import { randomUUID } from 'node:crypto';
import * as openid from 'openid-client';
import { AssertingClients } from '../support/asserting-clients';
import { type ClientKey, newClientKey } from '../support/client-key';
import type { TestClient } from '../support/fixtures';
import { KeyServer } from '../support/key-server';
import { relyingParty } from '../support/stock-client';

describe('RFC 7517 §5 keys that a client publishes itself', () => {
  let keyServer: KeyServer;
  let suite: AssertingClients;
  let first: ClientKey;
  let second: ClientKey;
  let client: TestClient;

  beforeAll(async () => {
    keyServer = await KeyServer.start();
    suite = await AssertingClients.start({ OUTBOUND_ALLOWED_HOSTS: keyServer.host });
    [first, second] = [await newClientKey('first'), await newClientKey('second')];
  });

  beforeEach(async () => {
    Object.assign(keyServer, { keys: [first], maxAge: undefined, status: 200, requests: 0 });
    // An address of its own: what was fetched for another test is not known here.
    client = await suite.signing({ jwks_uri: `${keyServer.url}?${randomUUID()}` });
  });

  afterEach(() => suite.idp.clock.reset());

  afterAll(async () => {
    await suite?.close();
    await keyServer?.close();
  });

  async function signedBy({ kid, privateKey }: ClientKey): Promise<number> {
    return (await suite.present(await suite.sign(suite.claims(client), { kid }, privateKey))).status;
  }

  it('oidcc-registration-jwks-uri: fetched when it is needed, once for many uses', async () => {
    expect(keyServer.requests).toBe(0);
    const authentication = openid.PrivateKeyJwt({ key: first.privateKey, kid: first.kid });
    const config = await relyingParty(suite.tenant, client, { authentication });
    for (let time = 0; time < 3; time++) await openid.clientCredentialsGrant(config);
    expect(keyServer.requests).toBe(1);
  });

  it('oidcc-refresh-token-rp-key-rotation: OIDC Core §10.1.1 an unknown key is looked for, a minute after the last time', async () => {
    expect(await signedBy(first)).toBe(200);
    keyServer.keys = [second];
    expect(await signedBy(second)).toBe(401);
    expect(keyServer.requests).toBe(1);
    suite.idp.clock.forward(60);
    expect(await signedBy(second)).toBe(200);
    expect(keyServer.requests).toBe(2);
    expect(await signedBy(first)).toBe(401);
    expect(keyServer.requests).toBe(2);
  });

  it('many assertions by unknown keys make it fetch once', async () => {
    suite.idp.clock.forward(60);
    const strangers = await Promise.all(Array.from({ length: 10 }, (_, index) => newClientKey(`stranger-${index}`)));
    expect(await Promise.all(strangers.map(signedBy))).toEqual(Array.from({ length: 10 }, () => 401));
    expect(keyServer.requests).toBe(1);
  });

  it('a key that was taken back is good until the document is too old', async () => {
    keyServer.maxAge = 120;
    expect(await signedBy(first)).toBe(200);
    keyServer.keys = [second];
    suite.idp.clock.forward(110);
    expect(await signedBy(first)).toBe(200);
    suite.idp.clock.forward(20);
    expect(await signedBy(first)).toBe(401);
    expect(await signedBy(second)).toBe(200);
  });

  it('while the client’s server fails, the keys from before go on', async () => {
    keyServer.maxAge = 60;
    expect(await signedBy(first)).toBe(200);
    keyServer.status = 503;
    suite.idp.clock.forward(120);
    expect(await signedBy(first)).toBe(200);
    expect(keyServer.requests).toBe(2);
  });

  it('S-100 private and weak keys in the document are no keys', async () => {
    const weak = await newClientKey('weak');
    keyServer.keys = [{ ...weak, publicJwk: { ...weak.publicJwk, d: 'c2VjcmV0' } }, first];
    expect(await signedBy(weak)).toBe(401);
    expect(await signedBy(first)).toBe(200);
  });

  it('OIDC Core §16 the server does not fetch from where it was not told that it may', async () => {
    const elsewhere = await KeyServer.start();
    try {
      elsewhere.keys = [first];
      await expect(suite.signing({ jwks_uri: elsewhere.url })).rejects.toBeInstanceOf(ClientMetadataError);
      client = await suite.signing({ jwks_uri: elsewhere.url.replace('http:', 'https:') });
      expect(await signedBy(first)).toBe(401);
      expect(elsewhere.connections).toBe(0);
    } finally {
      await elsewhere.close();
    }
  });
});

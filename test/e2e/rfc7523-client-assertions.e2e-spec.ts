import { ClientsService } from '@tokenidp/clients';
import type { JWTPayload } from 'jose';
import { randomUUID } from 'node:crypto';
import * as openid from 'openid-client';
import { AssertingClients } from '../support/asserting-clients';
import { type ClientKey, newClientKey } from '../support/client-key';
import { createApi, type TestClient } from '../support/fixtures';
import { startSibling } from '../support/idp';
import { refusalOf, relyingParty } from '../support/stock-client';

describe('RFC 7523 client assertions', () => {
  let suite: AssertingClients;
  let machine: TestClient;

  beforeAll(async () => {
    suite = await AssertingClients.start();
    machine = await suite.signing();
  });

  afterAll(() => suite?.close());

  const judged = (changed: JWTPayload, of = machine) => suite.judged(of, changed);

  describe('RFC 7523 §2.2 private_key_jwt', () => {
    it.each(['ES256', 'ES384', 'ES512', 'PS256', 'RS256', 'EdDSA', 'Ed25519'])('OIDC Core §9 with %s', async (alg) => {
      const own = await newClientKey(alg, alg);
      const client = await suite.signing({ jwks: { keys: [suite.key.publicJwk, own.publicJwk] } });
      await createApi(suite.idp, suite.tenant, [client.client], { identifier: `https://${alg}.example/` });
      const authentication = openid.PrivateKeyJwt({ key: own.privateKey, kid: own.kid });
      const config = await relyingParty(suite.tenant, client, { authentication });
      const tokens = await openid.clientCredentialsGrant(config, { scope: 'api.read' });
      expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: true });
    });

    it('of several keys that fit, when the header names none', async () => {
      const other = await newClientKey('other');
      const client = await suite.signing({ jwks: { keys: [other.publicJwk, suite.key.publicJwk] } });
      const unnamed = await suite.sign(suite.claims(client), { kid: undefined });
      expect((await suite.present(unnamed)).status).toBe(200);
    });

    it('a key that is not the client’s', async () => {
      const stranger = await newClientKey(suite.key.kid);
      const forged = await suite.sign(suite.claims(machine), {}, stranger.privateKey);
      expect(await suite.present(forged)).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    });

    it('RFC 7521 §4.2 needs no client_id, and goes with no other one', async () => {
      const with_ = async (form: Record<string, string>) =>
        (await suite.present(await suite.sign(suite.claims(machine)), { form })).status;
      expect(await with_({})).toBe(200);
      expect(await with_({ client_id: machine.client.client_id })).toBe(200);
      expect(await with_({ client_id: 'another' })).toBe(401);
    });

    it('RFC 7521 §4.2 the type of the assertion is named', async () => {
      const mine = await suite.sign(suite.claims(machine));
      for (const client_assertion_type of ['urn:ietf:params:oauth:grant-type:jwt-bearer', '']) {
        const answer = await suite.present(mine, { form: { client_assertion_type } });
        expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
      }
      expect((await suite.present(mine)).status).toBe(200);
    });
  });

  describe('RFC 10070 the audience (S-055)', () => {
    it('oidcc-ensure-client-assertion-with-iss-aud-succeeds', async () => {
      expect(await judged({ aud: suite.tenant.issuer })).toBe(200);
    });

    it('the address of the token endpoint is an older habit, good for the baseline profile alone', async () => {
      const aud = `${suite.tenant.issuer}/token`;
      expect(await judged({ aud })).toBe(200);
      const strict = await suite.signing({ security_profile: 'oauth21' });
      expect(await judged({ aud }, strict)).toBe(401);
      expect(await judged({}, strict)).toBe(200);
    });

    it('nothing else is', async () => {
      const other = await suite.idp.createTenant({ slug: 'globex' });
      const { issuer } = suite.tenant;
      const wrong = [
        [issuer],
        [issuer, `${issuer}/token`],
        `${issuer}/`,
        `${issuer}/introspect`,
        issuer.toUpperCase(),
        suite.idp.origin,
        other.issuer,
        `${other.issuer}/token`,
        'https://example.com',
        '',
        undefined,
      ];
      for (const aud of wrong) expect({ aud, status: await judged({ aud }) }).toEqual({ aud, status: 401 });
    });
  });

  describe('RFC 7523 §3 the claims (S-056)', () => {
    it('issuer and subject are both the client', async () => {
      for (const name of ['iss', 'sub']) {
        expect(await judged({ [name]: 'another' })).toBe(401);
        expect(await judged({ [name]: undefined })).toBe(401);
      }
    });

    it('it has an end, which is near', async () => {
      const now = suite.idp.clock.nowSeconds();
      const wrong = [undefined, now - 300, now + 3600, String(now + 60)] as (number | undefined)[];
      for (const exp of wrong) expect({ exp, status: await judged({ exp }) }).toEqual({ exp, status: 401 });
      expect(await judged({ exp: now + 290 })).toBe(200);
    });

    it('S-057 a clock may be some seconds ahead, not a minute', async () => {
      const now = suite.idp.clock.nowSeconds();
      for (const name of ['iat', 'nbf']) {
        expect({ name, status: await judged({ [name]: now + 8, exp: now + 70 }) }).toEqual({ name, status: 200 });
        expect({ name, status: await judged({ [name]: now + 70, exp: now + 120 }) }).toEqual({ name, status: 401 });
      }
    });

    it('it has a name of its own and works once, on whichever instance', async () => {
      expect(await judged({ jti: undefined })).toBe(401);
      const sibling = await startSibling(suite.idp);
      try {
        const [here, there] = [await suite.sign(suite.claims(machine)), await suite.sign(suite.claims(machine))];
        expect((await suite.present(here)).status).toBe(200);
        expect((await suite.present(here)).json?.error).toBe('invalid_client');
        expect((await suite.present(here, { via: sibling })).json?.error).toBe('invalid_client');
        expect((await suite.present(there, { via: sibling })).status).toBe(200);
        expect((await suite.present(there)).json?.error).toBe('invalid_client');
      } finally {
        await sibling.close();
      }
    });

    it('two clients may give an assertion the same name', async () => {
      const other = await suite.signing();
      const jti = randomUUID();
      expect(await judged({ jti })).toBe(200);
      expect(await judged({ jti }, other)).toBe(200);
      expect(await judged({ jti }, other)).toBe(401);
    });

    it('S-093 a JWT of another kind is none', async () => {
      const typed = async (typ: string) =>
        (await suite.present(await suite.sign(suite.claims(machine), { typ }))).status;
      expect(await typed('oauth-authz-req+jwt')).toBe(401);
      expect(await typed('at+jwt')).toBe(401);
      expect(await typed('JWT')).toBe(200);
      expect(await typed('client-authentication+jwt')).toBe(200);
    });
  });

  describe('RFC 8725 §3.1 the algorithm (S-058)', () => {
    it('the registered one alone', async () => {
      const [rsa, pss] = [await newClientKey('rsa', 'RS256'), await newClientKey('pss', 'PS256')];
      const jwks = { keys: [rsa.publicJwk, pss.publicJwk] };
      const fixed = await suite.signing({ jwks, token_endpoint_auth_signing_alg: 'PS256' });
      const by = async ({ alg, kid, privateKey }: ClientKey) =>
        (await suite.present(await suite.sign(suite.claims(fixed), { alg, kid }, privateKey))).status;
      expect(await by(rsa)).toBe(401);
      expect(await by(pss)).toBe(200);
    });

    it('neither none nor a MAC made of the public key', async () => {
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const unsigned = `${encode({ alg: 'none' })}.${encode(suite.claims(machine))}.`;
      expect((await suite.present(unsigned)).status).toBe(401);
      const publicKey = Buffer.from(JSON.stringify(suite.key.publicJwk));
      const confused = await suite.sign(suite.claims(machine), { alg: 'HS256' }, publicKey);
      expect((await suite.present(confused)).status).toBe(401);
    });

    it('S-091 a key that comes along in the header is not looked at', async () => {
      const stranger = await newClientKey('stranger');
      const header = { jwk: stranger.publicJwk, kid: stranger.kid };
      const forged = await suite.sign(suite.claims(machine), header, stranger.privateKey);
      expect((await suite.present(forged)).status).toBe(401);
    });
  });

  describe('OIDC Core §9 client_secret_jwt', () => {
    const by = async (client: TestClient, secret: string, alg = 'HS256') =>
      (await suite.present(await suite.sign(suite.claims(client), { alg, kid: undefined }, Buffer.from(secret))))
        .status;

    it('as the library does it', async () => {
      const client = await suite.macing();
      const config = await relyingParty(suite.tenant, client);
      expect((await openid.clientCredentialsGrant(config)).token_type).toBe('bearer');
      const authentication = openid.ClientSecretJwt(`${client.secret}~`);
      const wrong = await relyingParty(suite.tenant, client, { authentication });
      expect(await refusalOf(openid.clientCredentialsGrant(wrong))).toEqual({ status: 401, error: 'invalid_client' });
    });

    it.each(['HS256', 'HS384', 'HS512'])('with %s, unless another one is registered', async (alg) => {
      const client = await suite.macing();
      expect(await by(client, client.secret, alg)).toBe(200);
      const fixed = await suite.macing({ token_endpoint_auth_signing_alg: alg === 'HS256' ? 'HS512' : 'HS256' });
      expect(await by(fixed, fixed.secret, alg)).toBe(401);
    });

    it('the claims are held to the same rules', async () => {
      const client = await suite.macing();
      const twice = suite.claims(client);
      const mac = (payload: JWTPayload) => suite.sign(payload, { alg: 'HS256' }, Buffer.from(client.secret));
      expect((await suite.present(await mac(suite.claims(client, { aud: [suite.tenant.issuer] })))).status).toBe(401);
      expect((await suite.present(await mac(twice))).status).toBe(200);
      expect((await suite.present(await mac(twice))).status).toBe(401);
    });

    it('with either secret while two overlap, until one is taken back', async () => {
      const clients = suite.idp.get(ClientsService);
      const client = await suite.macing();
      const { id, client_id } = client.client;
      const added = await clients.addSecret(suite.tenant, id, { name: 'next' });
      expect(await by(client, client.secret)).toBe(200);
      expect(await by(client, added)).toBe(200);
      const known = (await clients.find(suite.tenant.id, client_id))!;
      await clients.revokeSecret(suite.tenant, id, known.secrets.find(({ name }) => name !== 'next')!.id);
      expect(await by(client, client.secret)).toBe(401);
      expect(await by(client, added)).toBe(200);
    });
  });
});

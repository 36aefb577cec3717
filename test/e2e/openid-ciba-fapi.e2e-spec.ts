import { ClientMetadataError } from '@tokenidp/clients';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { createHash } from 'node:crypto';
import * as openid from 'openid-client';
import { selfIssued, thumbprintOf } from '../support/certificate';
import { SUBJECT } from '../support/certified-clients';
import { newClientKey } from '../support/client-key';
import { FAPI_CIBA_METHODS, type FapiCibaClient, FapiCibaClients, type Told } from '../support/fapi-ciba-clients';
import { refusalOf } from '../support/stock-client';
import { probeTls } from '../support/tls-probe';
import { newKeyPair } from '../support/x509';

const PREFIX = 'fapi-ciba-id1';

describe('FAPI-CIBA clients whose tokens are bound to their certificates', () => {
  let world: FapiCibaClients;

  beforeAll(async () => {
    world = await FapiCibaClients.start();
  });
  afterEach(() => world.tls.idp.clock.reset());
  afterAll(() => world?.close());

  const told = ({ status, json }: Told) => (status === 200 ? '200' : `${status} ${String(json.error)}`);
  const idOf = ({ json }: Told) => String(json.auth_req_id);
  const allowed = async (client: FapiCibaClient): Promise<string> => {
    const id = idOf(await client.ask());
    expect(await world.decide(id)).toBe(true);
    return id;
  };

  describe.each(FAPI_CIBA_METHODS)('%s', (method) => {
    let one: FapiCibaClient;
    let two: FapiCibaClient;

    beforeAll(async () => {
      one = await world.client(method);
      two = await world.client(method);
    });

    it(`${PREFIX}-discovery-end-point-verification`, async () => {
      expect((await one.stock()).serverMetadata()).toMatchObject({
        backchannel_authentication_endpoint: `${world.tenant.issuer}/backchannel_authentication`,
        backchannel_token_delivery_modes_supported: expect.arrayContaining(['poll', 'ping']),
        backchannel_authentication_request_signing_alg_values_supported: expect.arrayContaining(['PS256', 'ES256']),
        backchannel_user_code_parameter_supported: true,
        grant_types_supported: expect.arrayContaining(['urn:openid:params:grant-type:ciba']),
        token_endpoint_auth_methods_supported: expect.arrayContaining([method]),
        tls_client_certificate_bound_access_tokens: true,
      });
    });

    it(PREFIX, async () => {
      for (const client of [one, two]) {
        const config = await client.stock();
        const request = await client.request({ scope: 'openid offline_access' });
        const asked = await openid.initiateBackchannelAuthentication(config, { request });
        expect(asked).toEqual({ auth_req_id: expect.stringMatching(/^[\w.-]{43,}$/), expires_in: 120, interval: 5 });
        expect(told(await client.poll(asked.auth_req_id))).toBe('400 authorization_pending');
        await world.decide(asked.auth_req_id);
        const tokens = await openid.pollBackchannelAuthenticationGrant(config, { ...asked, interval: 1 });
        expect(decodeJwt(tokens.access_token)).toMatchObject({ cnf: { 'x5t#S256': thumbprintOf(client.shown) } });
        expect(decodeProtectedHeader(tokens.id_token!).alg).toBe('ES256');
        const half = createHash('sha256').update(tokens.access_token).digest().subarray(0, 16).toString('base64url');
        expect(tokens.claims()).toMatchObject({ aud: client.id, at_hash: half, acr: expect.any(String) });
        const { sub } = tokens.claims()!;
        expect(await openid.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub });
      }
    });

    it(`${PREFIX}: the answer is stored nowhere`, async () => {
      const answer = await one.poll(await allowed(one));
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    });

    it(`${PREFIX}-user-rejects-authentication`, async () => {
      const id = idOf(await one.ask());
      await world.decide(id, 'deny');
      expect(told(await one.poll(id))).toBe('400 access_denied');
    });

    it(`${PREFIX}-refresh-token`, async () => {
      const config = await one.stock();
      const request = await one.request({ scope: 'openid offline_access' });
      const asked = await openid.initiateBackchannelAuthentication(config, { request });
      await world.decide(asked.auth_req_id);
      const { refresh_token } = await openid.pollBackchannelAuthenticationGrant(config, { ...asked, interval: 1 });
      const first = await openid.refreshTokenGrant(config, refresh_token!);
      expect(decodeJwt(first.access_token)).toMatchObject({ cnf: { 'x5t#S256': thumbprintOf(one.shown) } });
      // FAPI 2.0 §5.3.2.1: it does not rotate.
      expect((await openid.refreshTokenGrant(config, refresh_token!)).access_token).not.toBe(first.access_token);
      const other = await refusalOf(openid.refreshTokenGrant(await two.stock(), refresh_token!));
      expect(other).toEqual({ status: 400, error: 'invalid_grant' });
    });

    it(`${PREFIX}-ensure-wrong-auth-req-id-in-token-endpoint-request`, async () => {
      const id = await allowed(one);
      expect(told(await two.poll(id))).toBe('400 invalid_grant');
      expect(told(await one.poll(id))).toBe('200');
    });

    it.each(['1234'.repeat(20), '確認'.repeat(40), 'Überweisung\u200d'])(
      `${PREFIX}-ensure-authorization-request-with-potentially-bad-binding-message: %j`,
      async (binding_message) => {
        const request = await one.request({ binding_message });
        expect(told(await one.ask({ request }))).toBe('400 invalid_binding_message');
      },
    );

    it(`${PREFIX}-ensure-mtls-holder-of-key-required`, async () => {
      const id = await allowed(one);
      const strange = selfIssued({ subject: SUBJECT }, newKeyPair('rsa'));
      const refused = method === 'private_key_jwt' ? '400 invalid_request' : '401 invalid_client';
      expect(told(await one.poll(id, {}, null))).toBe(refused);
      if (method !== 'private_key_jwt') expect(told(await one.poll(id, {}, strange))).toBe(refused);
      const { json } = await one.poll(id);
      const info = (shown?: typeof one.shown) =>
        world.tls.fetchWith(shown)(`${world.tenant.issuer}/userinfo`, {
          headers: { authorization: `Bearer ${String(json.access_token)}` },
        });
      expect((await info(one.shown)).status).toBe(200);
      for (const shown of [undefined, two.shown]) {
        expect((await info(shown)).status).toBe(401);
      }
    });
  });

  it(`${PREFIX}-ensure-mtls-holder-of-key-required: TLS`, async () => {
    const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
    expect((await probeTls(world.tls.idp.origin))?.version).toBe('TLSv1.3');
    expect(await probeTls(world.tls.idp.origin, old)).toBeUndefined();
    const weak = { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:AES256-SHA:ECDHE-RSA-AES128-SHA' } as const;
    expect(await probeTls(world.tls.idp.origin, weak)).toBeUndefined();
  });

  describe.each(['tls_client_auth', 'self_signed_tls_client_auth'] as const)('%s alone', (method) => {
    let one: FapiCibaClient;
    let two: FapiCibaClient;

    beforeAll(async () => {
      one = await world.client(method, {
        ...(method === 'tls_client_auth' && { tls_client_auth_subject_dn: 'CN=another' }),
      });
      two = await world.client(method);
    });

    it(`${PREFIX}-ensure-different-client-id-and-issuer-in-backchannel-authorization-request`, async () => {
      expect(told(await two.ask({ request: await two.request({ iss: one.id }) }))).toBe('400 invalid_request');
      expect(told(await two.ask({ request: await two.request({ client_id: one.id }) }))).toBe('400 invalid_request');
    });

    it(`${PREFIX}-ensure-wrong-client-id-in-backchannel-authorization-request`, async () => {
      const form = { client_id: one.id, request: await two.request() };
      expect(told(await two.ask(form))).toBe('401 invalid_client');
    });

    it(`${PREFIX}-ensure-wrong-client-id-in-token-endpoint-request`, async () => {
      const id = await allowed(two);
      expect(told(await two.poll(id, { client_id: one.id }))).toBe('401 invalid_client');
      expect(told(await two.poll(id))).toBe('200');
    });
  });

  describe('private_key_jwt alone', () => {
    let one: FapiCibaClient;
    let id: string;

    beforeAll(async () => {
      one = await world.client('private_key_jwt');
      id = await allowed(one);
    });

    const NONE = { client_assertion: undefined, client_assertion_type: undefined };

    it(`${PREFIX}-ensure-without-client-assertion-in-backchannel-authorization-request`, async () => {
      expect(told(await one.ask(NONE))).toBe('401 invalid_client');
    });

    it(`${PREFIX}-ensure-without-client-assertion-in-token-endpoint-request`, async () => {
      expect(told(await one.poll(id, NONE))).toBe('401 invalid_client');
    });

    it.each(['backchannel-authorization-request', 'token-endpoint-request'])(
      `${PREFIX}-ensure-client-assertion-signature-algorithm-in-%s-is-RS256-fails`,
      async (where) => {
        // The key fits: it is the algorithm that is refused.
        const rsa = await newClientKey('rsa', 'RS256');
        const { alg: _alg, ...publicJwk } = rsa.publicJwk;
        const client = await world.client('private_key_jwt', {
          jwks: { keys: [publicJwk] },
          token_endpoint_auth_signing_alg: undefined,
        } as never);
        const client_assertion = await client.assertion({}, rsa);
        const answer = where.startsWith('backchannel')
          ? await client.ask({ client_assertion })
          : await client.poll(id, { client_assertion });
        expect(told(answer)).toBe('401 invalid_client');
      },
    );

    it(`${PREFIX}-ensure-client-assertion-with-iss-aud-to-token-endpoint-succeeds`, async () => {
      const own = await allowed(one);
      const client_assertion = await one.assertion({ aud: world.tenant.issuer });
      expect(told(await one.poll(own, { client_assertion }))).toBe('200');
    });

    it('CIBA Core §7.1 the URL of the token endpoint is an audience as well, and nothing else is', async () => {
      const { issuer } = world.tenant;
      const asked = async (aud: unknown) =>
        told(await one.ask({ client_assertion: await one.assertion({ aud: aud as string }) }));
      expect(await asked(`${issuer}/token`)).toBe('200');
      for (const aud of [[issuer], 'https://other.example', undefined]) {
        expect(await asked(aud)).toBe('401 invalid_client');
      }
    });
  });

  it('FAPI-CIBA §5.2.2 nothing is pushed, whatever the tenant says', async () => {
    const push = { backchannel_token_delivery_mode: 'push' } as const;
    for (const tls_client_certificate_bound_access_tokens of [true, false]) {
      const metadata = {
        ...{ ...push, tls_client_certificate_bound_access_tokens },
        backchannel_client_notification_endpoint: 'https://client.example/push',
      };
      await expect(world.client('private_key_jwt', metadata)).rejects.toThrow(ClientMetadataError);
    }
  });
});

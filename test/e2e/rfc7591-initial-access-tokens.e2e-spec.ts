import { ClientsError, InitialAccessTokens } from '@tokenidp/clients';
import type { RegistrationSettings, Tenant } from '@tokenidp/tenancy';
import { type JWTPayload, SignJWT } from 'jose';
import { type ClientKey, newClientKey } from '../support/client-key';
import { REDIRECT_URI } from '../support/fixtures';
import { startIdp, type TestIdp } from '../support/idp';
import { Registrar } from '../support/registration';

const ISSUER = 'https://software.example';
const METADATA = { redirect_uris: [REDIRECT_URI] };

describe('RFC 7591 §1.2 who may register', () => {
  let idp: TestIdp;
  let key: ClientKey;
  let count = 0;

  beforeAll(async () => {
    idp = await startIdp();
    key = await newClientKey('publisher');
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  async function registrar(registration: Partial<RegistrationSettings>, perHour = 1000): Promise<Registrar> {
    const settings = { registration, limits: { registrationsPerAddressPerHour: perHour } };
    return Registrar.of(idp, await idp.createTenant({ slug: `tenant-${(count += 1)}`, settings }));
  }

  it('S-170 RFC 7591 §1 registration is closed unless a tenant opens it, and then metadata says so', async () => {
    const closed = await registrar({});
    expect(closed.server.registration_endpoint).toBeUndefined();
    expect(await closed.post(METADATA)).toMatchObject({ status: 403, json: { error: 'access_denied' } });
    expect((await registrar({ mode: 'open' })).server.registration_endpoint).toMatch(/\/register$/);
    expect((await registrar({ mode: 'token' })).server.registration_endpoint).toMatch(/\/register$/);
  });

  it('RFC 7591 §3 with an initial access token, and without none', async () => {
    const place = await registrar({ mode: 'token' });
    const bare = await place.post(METADATA);
    expect({ status: bare.status, text: bare.text }).toEqual({ status: 401, text: '' });
    expect(bare.headers.get('www-authenticate')).toBe(`Bearer realm="${place.tenant.issuer}"`);
    const client = await place.register({}, await place.initialToken());
    expect(client.client_secret).toBeDefined();
  });

  it('RFC 7591 §3 a token works as often as it says, until it ends, for its tenant', async () => {
    const place = await registrar({ mode: 'token' });
    const twice = await place.initialToken({ uses: 2 });
    const answers = [await place.post(METADATA, twice), await place.post(METADATA, twice)];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    await refused(place, twice);
    const late = await place.initialToken();
    await refused(await registrar({ mode: 'token' }), late);
    idp.clock.forward(3600);
    await refused(place, late);
    await refused(place, 'nonsense');
  });

  it('RFC 7591 §3 a wrong token is refused where none is needed', async () => {
    await refused(await registrar({ mode: 'open' }), 'nonsense');
  });

  it('RFC 7591 §3.2.2 a registration that is refused does not spend the token', async () => {
    const place = await registrar({ mode: 'token' });
    const once = await place.initialToken();
    expect((await place.post({ redirect_uris: [] }, once)).status).toBe(400);
    expect((await place.post(METADATA, once)).status).toBe(201);
  });

  it('RFC 7591 §3 a token is taken back, and is told to nobody twice', async () => {
    const place = await registrar({ mode: 'token' });
    const tokens = idp.get(InitialAccessTokens);
    const value = await place.initialToken({ name: 'partner' });
    const [listed] = await tokens.list(place.tenant);
    expect(listed).toMatchObject({ name: 'partner', usesLeft: 1 });
    expect(JSON.stringify(listed)).not.toContain(value);
    expect(await tokens.revoke(place.tenant, listed!.id)).toBe(true);
    expect(await tokens.revoke(place.tenant, listed!.id)).toBe(false);
    await refused(place, value);
  });

  it.each([
    ['no use', { uses: 0 }],
    ['half a use', { uses: 1.5 }],
    ['no name', { name: ' ' }],
    ['an end in the past', { expiresAt: new Date(0) }],
    ['a limit that there is not', { policy: { anything: true } }],
    ['a limit that allows what nobody has', { policy: { grantTypes: ['password'] } }],
  ])('S-177 no token is made with %s', async (_title, input) => {
    const place = await registrar({ mode: 'token' });
    await expect(place.initialToken(input as object)).rejects.toBeInstanceOf(ClientsError);
  });

  it('RFC 7591 §5 a token may allow what the tenant does not, for good', async () => {
    const place = await registrar({ mode: 'token' });
    const machine = { grant_types: ['client_credentials'], redirect_uris: [] };
    expect((await place.post(machine, await place.initialToken())).json).toMatchObject({
      error: 'invalid_client_metadata',
    });
    const wide = await place.initialToken({ policy: { grantTypes: ['client_credentials'] } });
    const client = await place.register(machine, wide);
    const replaced = await place.put(client, client.registration_access_token, {
      ...machine,
      client_id: client.client_id,
      client_name: 'Renamed',
    });
    expect(replaced).toMatchObject({ status: 200, json: { client_name: 'Renamed' } });
  });

  it.each<[string, Partial<RegistrationSettings>, object, string]>([
    [
      'a host',
      { redirectUriHosts: ['app.example'] },
      { redirect_uris: ['https://evil.example/cb'] },
      'invalid_redirect_uri',
    ],
    [
      'a host that looks alike',
      { redirectUriHosts: ['*.app.example'] },
      { redirect_uris: ['https://notapp.example/cb'] },
      'invalid_redirect_uri',
    ],
    [
      'a place after logout',
      { redirectUriHosts: ['client.example'] },
      { post_logout_redirect_uris: ['https://evil.example/'] },
      'invalid_client_metadata',
    ],
    [
      'a scheme',
      { redirectUriSchemes: ['https'] },
      { redirect_uris: ['http://127.0.0.1/cb'], token_endpoint_auth_method: 'none' },
      'invalid_redirect_uri',
    ],
    [
      'a method',
      { authMethods: ['private_key_jwt'] },
      { token_endpoint_auth_method: 'client_secret_basic' },
      'invalid_client_metadata',
    ],
    ['the default method', { authMethods: ['private_key_jwt'] }, {}, 'invalid_client_metadata'],
    [
      'a grant',
      { grantTypes: ['authorization_code'] },
      { grant_types: ['authorization_code', 'refresh_token'] },
      'invalid_client_metadata',
    ],
    ['a missing statement', { softwareStatements: 'required' }, {}, 'invalid_client_metadata'],
  ])('RFC 7591 §5 a tenant keeps out %s', async (_title, policy, metadata, error) => {
    const place = await registrar({ mode: 'open', ...policy });
    expect(await place.post({ ...METADATA, ...metadata })).toMatchObject({ status: 400, json: { error } });
  });

  it('RFC 7591 §5 no more clients than the tenant has room for', async () => {
    const place = await registrar({ mode: 'open', maxClients: 2 });
    const first = await place.register();
    await place.register();
    expect(await place.post(METADATA)).toMatchObject({ status: 403, json: { error: 'access_denied' } });
    expect((await place.remove(first, first.registration_access_token)).status).toBe(204);
    expect((await place.post(METADATA)).status).toBe(201);
  });

  it('S-170 RFC 7591 §5, OWASP ASVS 5.0 §10.4.7 strangers are limited by their address, holders of a token are not', async () => {
    const place = await registrar({ mode: 'open' }, 2);
    expect((await place.post(METADATA)).status).toBe(201);
    expect((await place.post({})).status).toBe(400);
    const blocked = await place.post(METADATA);
    expect(blocked).toMatchObject({ status: 429, json: { error: 'temporarily_unavailable' } });
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(3500);
    expect((await place.post(METADATA, await place.initialToken())).status).toBe(201);
    idp.clock.forward(3600);
    expect((await place.post(METADATA)).status).toBe(201);
  });

  describe('RFC 7591 §2.3 software statements', () => {
    let place: Registrar;

    beforeAll(async () => {
      const jwks = { keys: [key.publicJwk as Record<string, unknown>] };
      place = await registrar({ mode: 'open', softwareIssuers: [{ issuer: ISSUER, jwks }] });
    });

    function statement(claims: JWTPayload = {}, signedBy = key, alg = key.alg): Promise<string> {
      return new SignJWT({ iss: ISSUER, software_id: 'photos', client_name: 'Stated', ...claims })
        .setProtectedHeader({ alg, kid: signedBy.kid })
        .sign(signedBy.privateKey);
    }

    it('RFC 7591 §2.3, §3.1.1 what is stated wins over what is sent, and the statement comes back as it was', async () => {
      const software_statement = await statement({ redirect_uris: ['https://stated.example/cb'], client_id: 'mine' });
      const client = await place.register({ client_name: 'Sent', software_statement });
      expect(client).toMatchObject({
        client_name: 'Stated',
        redirect_uris: ['https://stated.example/cb'],
        software_id: 'photos',
        software_statement,
      });
      expect(client.client_id).not.toBe('mine');
      const read = await place.read(client, client.registration_access_token);
      expect(read.json).toMatchObject({ client_name: 'Stated', software_statement });
    });

    it('RFC 7591 §3.2.2 what is stated is validated too', async () => {
      const software_statement = await statement({ redirect_uris: ['http://stated.example/cb'] });
      expect((await place.post({ ...METADATA, software_statement })).json?.error).toBe('invalid_redirect_uri');
    });

    it('RFC 7591 §3.2.2 a statement of somebody else, of another key, too old or without a signature is refused', async () => {
      const stranger = await newClientKey('publisher');
      const past = Math.floor(Date.now() / 1000) - 60;
      const unsigned = `${base64({ alg: 'none' })}.${base64({ iss: ISSUER })}.`;
      const cases: [string, string][] = [
        [await statement({ iss: 'https://other.example' }), 'unapproved_software_statement'],
        [await statement({}, stranger), 'invalid_software_statement'],
        [await statement({ exp: past }), 'invalid_software_statement'],
        [unsigned, 'invalid_software_statement'],
        [`${await statement()}x`, 'invalid_software_statement'],
      ];
      for (const [software_statement, error] of cases) {
        expect(await place.post({ ...METADATA, software_statement })).toMatchObject({ status: 400, json: { error } });
      }
    });
  });
});

function base64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function refused(place: { tenant: Tenant; post: Registrar['post'] }, token: string): Promise<void> {
  const answer = await place.post(METADATA, token);
  expect(answer).toMatchObject({ status: 401, json: { error: 'invalid_token' } });
  expect(answer.headers.get('www-authenticate')).toMatch(
    /^Bearer realm="[^"]+", error="invalid_token", error_description="[^"]+"$/,
  );
}

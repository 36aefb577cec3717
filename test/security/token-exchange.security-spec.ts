import { ClientsService } from '@tokenidp/clients';
import { TOKEN_TYPES } from '@tokenidp/kernel';
import { Signer } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UsersService } from '@tokenidp/users';
import { decodeJwt } from 'jose';
import * as openid from 'openid-client';
import { CodeFlow } from '../support/code-flow';
import { ADA, API, createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { refusalOf, relyingParty, type Tokens } from '../support/stock-client';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const BACKEND = 'https://backend.example/';
type Form = Record<string, string>;

describe('S-064 token exchange', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let app: CodeFlow;
  let api: TestClient;
  let stranger: TestClient;
  let someone = 0;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    const front = await createClient(idp, tenant, { grant_types: ['authorization_code', 'refresh_token', EXCHANGE] });
    const grant_types = ['client_credentials', EXCHANGE];
    const token_exchange = { subject_audiences: [API], audiences: [BACKEND] };
    api = await createMachine(idp, tenant, { grant_types, token_exchange });
    stranger = await createMachine(idp, tenant, { grant_types, token_exchange: { audiences: [BACKEND, API] } });
    await createApi(idp, tenant, [front.client]);
    const backend = await createApi(idp, tenant, [], { identifier: BACKEND, name: 'Backend' });
    const assigned = { userScopes: ['api.read'], clientScopes: ['api.read'] };
    for (const { client } of [api, stranger]) {
      await idp.get(ClientsService).assign(tenant, client.id, backend.id, assigned);
    }
    app = await CodeFlow.of(tenant, front);
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  /** Tokens of a user of their own. */
  async function tokens(browser = new HttpBrowser()): Promise<Tokens> {
    someone += 1;
    const username = `user-${someone}`;
    const person = { ...ADA, username, email: `${username}@example.com`, phoneNumber: undefined };
    const made = await createUser(idp, tenant, person);
    user = made.user;
    const parameters = { scope: 'openid offline_access api.read', prompt: 'consent' };
    return app.tokens(await app.code(browser, { credentials: made.credentials, parameters }));
  }

  async function exchange(subject_token: string, form: Form = {}, by = api): Promise<Tokens> {
    const sent = { subject_token, subject_token_type: TOKEN_TYPES.accessToken, resource: BACKEND, ...form };
    const config = await relyingParty(tenant, by);
    return openid.genericGrantRequest(config, EXCHANGE, sent);
  }
  const refused = async (subject_token: string, form?: Form, by?: TestClient) =>
    (await refusalOf(exchange(subject_token, form, by))).error;
  const isActive = async (token: string) =>
    (await openid.tokenIntrospection(await relyingParty(tenant, api), token)).active;

  describe('the subject token', () => {
    it('expired', async () => {
      idp.clock.hold();
      const { access_token, id_token, expires_in } = await tokens();
      idp.clock.forward(expires_in! + 1);
      expect(await refused(access_token)).toBe('invalid_request');
      idp.clock.forward(600);
      const form = { subject_token_type: TOKEN_TYPES.idToken, resource: API };
      expect(await refused(id_token!, form, app.app)).toBe('invalid_request');
    });

    it('revoked', async () => {
      const { access_token } = await tokens();
      await openid.tokenRevocation(app.config, access_token);
      expect(await refused(access_token)).toBe('invalid_request');
    });

    it('of a user who was disabled: it, its ID token, and what came of it', async () => {
      const { access_token, id_token } = await tokens();
      const exchanged = (await exchange(access_token)).access_token;
      expect(await isActive(exchanged)).toBe(true);
      await idp.get(UsersService).disable(tenant, user.id);
      expect(await refused(access_token)).toBe('invalid_request');
      const form = { subject_token_type: TOKEN_TYPES.idToken, resource: API };
      expect(await refused(id_token!, form, app.app)).toBe('invalid_request');
      expect(await refused(exchanged, {}, api)).toBe('invalid_request');
      expect(await isActive(exchanged)).toBe(false);
    });

    it('an ID token whose session has ended, whatever outlives it', async () => {
      const browser = new HttpBrowser();
      const { id_token, access_token } = await tokens(browser);
      const form = { subject_token_type: TOKEN_TYPES.idToken, resource: API };
      expect(await exchange(id_token!, form, app.app)).toBeDefined();
      await idp.database.dataSource.query(`UPDATE session SET "endedAt" = now() WHERE "userId" = '${user.id}'`);
      expect(await refused(id_token!, form, app.app)).toBe('invalid_request');
      expect(await exchange(access_token)).toBeDefined();
    });

    it('of another tenant', async () => {
      const other = await idp.createTenant({ slug: 'globex' });
      const theirs = await createMachine(idp, other);
      await createApi(idp, other, [theirs.client]);
      const config = await relyingParty(other, theirs);
      const { access_token } = await openid.clientCredentialsGrant(config, { scope: 'api.read' });
      expect(await refused(access_token)).toBe('invalid_request');
    });

    it('of another client, not meant for this one: nothing tells it from one that is not good', async () => {
      const { access_token, id_token } = await tokens();
      const config = await relyingParty(tenant, stranger);
      const failure = async (subject_token: string, subject_token_type: string) => {
        const asked = { subject_token, subject_token_type, resource: BACKEND };
        const answer: unknown = await openid.genericGrantRequest(config, EXCHANGE, asked).catch((e: unknown) => e);
        const { error, error_description } = answer as openid.ResponseBodyError;
        return { error, error_description };
      };
      const unknown = await failure('none', TOKEN_TYPES.accessToken);
      expect(unknown.error).toBe('invalid_request');
      expect(await failure(access_token, TOKEN_TYPES.accessToken)).toEqual(unknown);
      expect(await failure(id_token!, TOKEN_TYPES.idToken)).toEqual(unknown);
    });

    it('is not taken from a client without the grant, nor from one that cannot authenticate', async () => {
      const { access_token } = await tokens();
      expect(await refused(access_token, {}, await createMachine(idp, tenant))).toBe('unauthorized_client');
      const spa = createClient(idp, tenant, { type: 'spa', grant_types: ['authorization_code', EXCHANGE] });
      await expect(spa).rejects.toMatchObject({ member: 'grant_types' });
    });
  });

  describe('the chain', () => {
    it('names everybody who acted, loses no time, and comes to an end', async () => {
      idp.clock.hold();
      const first = (await tokens()).access_token;
      let token = first;
      const me = { sub: api.client.client_id };
      let act: object = me;
      for (let n = 0; n < 4; n++) {
        idp.clock.forward(10);
        token = (await exchange(token)).access_token;
        expect(decodeJwt(token)).toMatchObject({ act, sub: user.id, exp: decodeJwt(first).exp });
        act = { ...me, act };
      }
      expect(await refused(token)).toBe('invalid_request');
    });

    it('a token that was exchanged is the client’s that got it, and no more the first one’s', async () => {
      const { access_token } = await exchange((await tokens()).access_token);
      expect(await refused(access_token, {}, stranger)).toBe('invalid_request');
      expect(await refused(access_token, { resource: API }, app.app)).toBe('invalid_request');
    });
  });

  describe('the actor', () => {
    const actorForm = (actor_token: string) => ({ actor_token, actor_token_type: TOKEN_TYPES.accessToken });

    it('is whom a token of the client’s own is about', async () => {
      const { access_token } = await tokens();
      const config = await relyingParty(tenant, api);
      const own = await openid.clientCredentialsGrant(config, { scope: 'api.read' });
      const answer = await exchange(access_token, actorForm(own.access_token));
      expect(decodeJwt(answer.access_token).act).toEqual({ sub: api.client.client_id });
    });

    it('is nobody whose token belongs to another client, is acted for, or is not good', async () => {
      const { access_token } = await tokens();
      const foreign = await openid.clientCredentialsGrant(await relyingParty(tenant, stranger), { scope: 'api.read' });
      expect(await refused(access_token, actorForm(foreign.access_token))).toBe('invalid_request');
      const acted = (await exchange(access_token)).access_token;
      expect(await refused(access_token, actorForm(acted))).toBe('invalid_request');
      const form = { actor_token: 'trt_none', actor_token_type: TOKEN_TYPES.refreshToken };
      expect(await refused(access_token, form)).toBe('invalid_request');
    });

    it('RFC 8693 §4.4 is whom may_act names, and nobody else', async () => {
      const { access_token } = await tokens();
      const naming = (may_act: unknown) =>
        idp.get(Signer).sign(tenant, {
          algorithm: 'ES256',
          type: 'at+jwt',
          claims: { ...decodeJwt(access_token), may_act },
        });
      expect(await exchange(await naming({ sub: api.client.client_id }))).toBeDefined();
      for (const may_act of [{ sub: 'another' }, { sub: api.client.client_id, email: 'x' }, {}, 'x', null]) {
        expect(await refused(await naming(may_act))).toBe('invalid_request');
      }
    });

    it('RFC 8693 §1.1 is left out only where an administrator lets the client impersonate', async () => {
      const { access_token } = await tokens();
      const clients = idp.get(ClientsService);
      const { token_exchange } = api.client;
      await clients.update(tenant, api.client.id, { token_exchange: { ...token_exchange, impersonation: true } });
      try {
        const claims = decodeJwt((await exchange(access_token)).access_token);
        expect(claims).not.toHaveProperty('act');
        expect(claims).toMatchObject({ sub: user.id, client_id: api.client.client_id });
      } finally {
        await clients.update(tenant, api.client.id, { token_exchange });
      }
      expect(decodeJwt((await exchange(access_token)).access_token)).toHaveProperty('act');
    });

    it('the policy is nothing that a client can register for itself', async () => {
      const token_exchange = { impersonation: true, audiences: [BACKEND], subject_audiences: [API] };
      const { client } = await idp
        .get(ClientsService)
        .create(tenant, { type: 'machine', grant_types: [EXCHANGE], token_exchange }, { origin: 'registered' });
      expect(client.token_exchange).toBeUndefined();
    });
  });

  it('is in the trail: who exchanged what, for what, as whom', async () => {
    await exchange((await tokens()).access_token);
    const [event] = await idp.database.dataSource.query<Record<string, unknown>[]>(
      `SELECT * FROM audit_event WHERE event = 'token.exchanged' AND detail->>'subject' = '${user.id}'`,
    );
    const { client_id } = api.client;
    expect(event).toMatchObject({
      result: 'success',
      detail: { subject: user.id, actor: { sub: client_id }, isImpersonation: false, audience: [BACKEND] },
    });
  });
});

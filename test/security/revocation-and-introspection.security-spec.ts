import type { NewClient } from '@tokenidp/clients';
import { startEmbeddedPostgres } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as openid from 'openid-client';
import { CodeFlow } from '../support/code-flow';
import { API, createApi, createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { type Answer, basic, postForm } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import type { Tokens } from '../support/stock-client';
import { serverUrl } from '../support/test-server';

const OFFLINE = { scope: 'openid offline_access api.read', prompt: 'consent' };
const NAMED = { client_id: 'twin' } as Partial<NewClient>;
const OPAQUE = 'https://opaque.example/';
const refusalOf = ({ status, json }: Answer) => ({ status, error: json?.error });

describe('revocation and introspection', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let flow: CodeFlow;
  let tokens: Tokens;
  let other: TestClient;
  /** belongs to the API */
  let api: TestClient;
  let machine: TestClient;
  let browser: HttpBrowser;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme' });
    const app = await createClient(idp, tenant, NAMED);
    [other, api, machine] = await Promise.all([
      createMachine(idp, tenant),
      createMachine(idp, tenant),
      createMachine(idp, tenant),
    ]);
    await createApi(idp, tenant, [app.client, api.client]);
    await createApi(idp, tenant, [machine.client], { identifier: OPAQUE, tokenFormat: 'opaque' });
    flow = await CodeFlow.of(tenant, app);
    browser = new HttpBrowser();
    await flow.code(browser, { credentials: (await createUser(idp, tenant)).credentials });
  });

  beforeEach(async () => {
    tokens = await flow.tokens(await flow.code(browser, { parameters: OFFLINE }));
  });

  afterAll(() => idp?.close());

  const at = (path: string, by: TestClient, token: string, issuer = tenant.issuer) =>
    postForm(`${issuer}/${path}`, { token }, basic(by.client.client_id, by.secret));
  const revoke = (by: TestClient, token: string) => at('revoke', by, token);
  const introspect = (by: TestClient, token: string, issuer?: string) => at('introspect', by, token, issuer);

  async function machineToken(): Promise<string> {
    const credential = basic(machine.client.client_id, machine.secret);
    const answer = await postForm(`${tenant.issuer}/token`, { grant_type: 'client_credentials' }, credential);
    return String(answer.json?.access_token);
  }

  describe('S-080 a client takes back what is its own', () => {
    it.each<[string, () => string | Promise<string>, () => TestClient]>([
      ['a refresh token', () => tokens.refresh_token!, () => flow.app],
      ['a JWT', () => tokens.access_token, () => flow.app],
      ['an opaque access token', machineToken, () => machine],
    ])('S-080 %s of another client stays good', async (_name, take, owner) => {
      const token = await take();
      expect(refusalOf(await revoke(other, token))).toEqual({ status: 400, error: 'invalid_grant' });
      expect((await introspect(owner(), token)).json).toMatchObject({ active: true });
      expect((await revoke(owner(), token)).status).toBe(200);
      expect((await introspect(owner(), token)).json).toEqual({ active: false });
    });

    it('S-080 what nobody knows is as good as revoked, and so is what is revoked', async () => {
      const altered = `${tokens.refresh_token!.slice(0, -1)}~`;
      for (const token of ['x', altered, 'a.b.c', tokens.id_token!]) {
        expect({ token, status: (await revoke(flow.app, token)).status }).toEqual({ token, status: 200 });
      }
      for (let time = 0; time < 2; time += 1) expect((await revoke(flow.app, tokens.refresh_token!)).status).toBe(200);
    });

    it('S-080 with a refresh token goes all that came of its authorization', async () => {
      const next = await flow.refresh(tokens.refresh_token!);
      expect((await revoke(flow.app, tokens.refresh_token!)).text).toBe('');
      const left = await flow.refresh(tokens.refresh_token!);
      expect(refusalOf(left)).toEqual({ status: 400, error: 'invalid_grant' });
      for (const token of [tokens.access_token, String(next.json?.access_token)]) {
        expect(await flow.isActive(token)).toBe(false);
        await expect(openid.fetchUserInfo(flow.config, token, openid.skipSubjectCheck)).rejects.toMatchObject({
          status: 401,
        });
      }
    });

    it('S-080 with an access token goes nothing else', async () => {
      expect((await revoke(flow.app, tokens.access_token)).status).toBe(200);
      expect(await flow.isActive(tokens.access_token)).toBe(false);
      expect((await flow.refresh(tokens.refresh_token!)).status).toBe(200);
    });

    it('S-080 is never told that it is done when it cannot be stored: 503', async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'idp-away-'));
      const server = await startEmbeddedPostgres({ dataDir });
      const failing = await startIdp({ databaseUrl: serverUrl(server.socketDir, 'postgres') });
      try {
        const place = await failing.createTenant({ slug: 'acme' });
        const { client, secret } = await createMachine(failing, place);
        const credential = basic(client.client_id, secret);
        const issued = await postForm(`${place.issuer}/token`, { grant_type: 'client_credentials' }, credential);
        const token = String(issued.json?.access_token);
        expect((await introspect({ client, secret }, token, place.issuer)).json).toMatchObject({ active: true });
        await server.stop();
        for (let time = 0; time < 3; time += 1) {
          const answer = await at('revoke', { client, secret }, token, place.issuer);
          expect(answer.status).toBe(503);
          expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        }
      } finally {
        await failing.close();
        await server.stop();
        await rm(dataDir, { recursive: true, force: true });
      }
    });
  });

  describe('S-081 a token is described to those it concerns', () => {
    it('S-081 the client that has it, and those that belong to its API', async () => {
      for (const by of [flow.app, api]) {
        const answer = await introspect(by, tokens.access_token);
        expect(answer.json).toMatchObject({ active: true, client_id: flow.app.client.client_id, username: 'ada' });
        expect([answer.json?.aud].flat()).toContain(API);
      }
    });

    it.each<[string, () => string | Promise<string>]>([
      ['a JWT for an API that is not its own', () => tokens.access_token],
      ['an opaque token for an API that is not its own', machineToken],
      ['a refresh token of another client', () => tokens.refresh_token!],
    ])('S-081 anybody else is told nothing of %s', async (_name, take) => {
      const answer = await introspect(other, await take());
      expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: '{"active":false}' });
    });

    it('S-081 not even its API is told of a refresh token', async () => {
      expect((await introspect(api, tokens.refresh_token!)).json).toEqual({ active: false });
    });

    it('S-081 in another tenant, at an API of the same name and a client of the same name, nothing is known', async () => {
      const globex = await idp.createTenant({ slug: 'globex' });
      const twin = await createMachine(idp, globex, NAMED);
      await createApi(idp, globex, [twin.client]);
      for (const token of [tokens.access_token, tokens.refresh_token!, await machineToken()]) {
        expect((await introspect(twin, token, globex.issuer)).json).toEqual({ active: false });
        expect((await at('revoke', twin, token, globex.issuer)).status).toBe(200);
      }
      expect(await flow.isActive(tokens.access_token)).toBe(true);
    });

    it('S-081 a client of another tenant is nobody here', async () => {
      const initech = await idp.createTenant({ slug: 'initech' });
      const stranger = await createMachine(idp, initech);
      const answer = await introspect(stranger, tokens.access_token);
      expect(refusalOf(answer)).toEqual({ status: 401, error: 'invalid_client' });
    });
  });
});

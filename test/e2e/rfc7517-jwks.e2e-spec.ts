import { KeysService } from '@tokenidp/keys';
import { KEY_ALGORITHMS, type Tenant } from '@tokenidp/tenancy';
import { createLocalJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { expectSaneKeys } from '../support/conformance';
import { createApi, createMachine, type TestClient } from '../support/fixtures';
import { type Answer, send } from '../support/http';
import { startIdp, startSibling, type TestIdp } from '../support/idp';
import { relyingParty } from '../support/stock-client';

const DAY = 86_400;

describe('RFC 7517 §5 the key set', () => {
  let idp: TestIdp;

  beforeAll(async () => {
    idp = await startIdp();
  });

  afterEach(() => idp.clock.reset());

  afterAll(() => idp?.close());

  const keySetOf = ({ issuer }: Tenant, headers?: Record<string, string>, via?: TestIdp): Promise<Answer> =>
    send(`${issuer}/.well-known/jwks.json`, { headers, via });

  const keysOf = (answer: Answer): JWK[] => answer.json!.keys as JWK[];
  const kidsOf = (answer: Answer, alg = 'ES256') =>
    keysOf(answer)
      .filter((key) => key.alg === alg)
      .map(({ kid }) => kid);

  /** A token that says by which key it was signed. */
  async function tokenOf(tenant: Tenant, machine: TestClient): Promise<{ token: string; kid: string | undefined }> {
    const { access_token: token } = await openid.clientCredentialsGrant(await relyingParty(tenant, machine));
    return { token, kid: decodeProtectedHeader(token).kid };
  }

  const verifies = (token: string, keys: JWK[]): Promise<boolean> =>
    jwtVerify(token, createLocalJWKSet({ keys }), { currentDate: idp.clock.now() }).then(
      () => true,
      () => false,
    );

  describe('RFC 9110 §13.1.2, RFC 9111 §5.2 is kept by whoever has it', () => {
    let tenant: Tenant;
    let answer: Answer;
    let etag: string;

    beforeAll(async () => {
      tenant = await idp.createTenant({ slug: 'cached' });
      answer = await keySetOf(tenant);
      etag = answer.headers.get('etag')!;
    });

    it('for five minutes', () => {
      expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
      expect(answer.headers.get('content-type')).toMatch(/^application\/(json|jwk-set\+json)\b/);
      expect(etag).toMatch(/^"[\w-]{43}"$/);
    });

    it('then asked whether it is still the same', async () => {
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const same = await keySetOf(tenant, { 'if-none-match': known });
        expect({ known, status: same.status, text: same.text }).toEqual({ known, status: 304, text: '' });
        expect(same.headers.get('etag')).toBe(etag);
        expect(same.headers.get('cache-control')).toBe('public, max-age=300');
      }
      for (const known of ['"other"', etag.slice(1, -1), '']) {
        const other = await keySetOf(tenant, { 'if-none-match': known });
        expect({ known, status: other.status }).toEqual({ known, status: 200 });
      }
    });

    it('RFC 9110 §9.3.2 or without its content', async () => {
      const head = await send(`${tenant.issuer}/.well-known/jwks.json`, { method: 'HEAD' });
      expect(head).toMatchObject({ status: 200, text: '' });
      expect(head.headers.get('etag')).toBe(etag);
    });
  });

  it('RFC 7518 §6 of every algorithm: public parts alone, strong enough, by names of their own', async () => {
    const algorithms = [...KEY_ALGORITHMS];
    const all = await idp.createTenant({ slug: 'all', settings: { keys: { algorithms } } });
    const other = await idp.createTenant({ slug: 'other' });
    const answer = await keySetOf(all);
    const keys = keysOf(answer);
    expectSaneKeys(keys);
    expect(keys.map(({ alg }) => alg).sort()).toEqual([...algorithms].sort());
    const members = new Set(['kty', 'use', 'alg', 'kid', 'crv', 'x', 'y', 'n', 'e']);
    for (const key of keys) expect(Object.keys(key).filter((name) => !members.has(name))).toEqual([]);
    const shared = keysOf(await keySetOf(other)).filter(({ kid }) => keys.some((key) => key.kid === kid));
    expect(shared).toEqual([]);
  });

  it('RFC 7517 §4.5 whatever is signed names its key, and verifies by it alone', async () => {
    const algorithms = [...KEY_ALGORITHMS];
    const tenant = await idp.createTenant({ slug: 'signing', settings: { keys: { algorithms } } });
    const machine = await createMachine(idp, tenant);
    const config = await relyingParty(tenant, machine);
    for (const algorithm of algorithms) {
      const name = algorithm.toLowerCase();
      const scopes = [{ name, displayName: name, description: name, sensitive: false }];
      await createApi(idp, tenant, [machine.client], { identifier: `https://${name}.example/`, algorithm, scopes });
      const { access_token } = await openid.clientCredentialsGrant(config, { scope: name });
      const { kid, alg } = decodeProtectedHeader(access_token);
      const keys = keysOf(await keySetOf(tenant));
      expect(alg).toBe(algorithm);
      expect(
        await verifies(
          access_token,
          keys.filter((key) => key.kid === kid),
        ),
      ).toBe(true);
      expect(
        await verifies(
          access_token,
          keys.filter((key) => key.kid !== kid),
        ),
      ).toBe(false);
    }
  });

  describe('OIDC Core §10.1.1 rotation', () => {
    let tenant: Tenant;
    let machine: TestClient;

    async function rotating(slug: string): Promise<void> {
      tenant = await idp.createTenant({ slug });
      machine = await createMachine(idp, tenant);
      await createApi(idp, tenant, [machine.client]);
    }

    it('oidcc-server-rotate-keys: the new key signs, the old one is still there, and the document is another', async () => {
      await rotating('rotated');
      const before = await keySetOf(tenant);
      const old = await tokenOf(tenant, machine);
      await idp.get(KeysService).rotate(tenant, 'ES256', { force: true });
      const etag = before.headers.get('etag')!;
      const after = await keySetOf(tenant, { 'if-none-match': etag });
      expect(after.status).toBe(200);
      expect(after.headers.get('etag')).not.toBe(etag);
      const now = await tokenOf(tenant, machine);
      expect(now.kid).not.toBe(old.kid);
      expect(kidsOf(after)).toEqual(expect.arrayContaining([old.kid, now.kid]));
      expect(await verifies(old.token, keysOf(after))).toBe(true);
      expect(await openid.tokenIntrospection(await relyingParty(tenant, machine), old.token)).toMatchObject({
        active: true,
      });
    });

    it('S-099 in time, a client that keeps the document for as long as it may never meets a key that it does not know', async () => {
      await rotating('planned');
      const keys = idp.get(KeysService);
      expect(await keys.rotate(tenant, 'ES256')).toMatchObject({ outcome: 'scheduled' });
      const kept = await keySetOf(tenant);
      expect(kidsOf(kept)).toHaveLength(2);
      const first = await tokenOf(tenant, machine);
      idp.clock.forward(DAY + 301);
      expect(await keys.rotate(tenant, 'ES256')).toMatchObject({ outcome: 'rotated' });
      const second = await tokenOf(tenant, machine);
      expect(second.kid).not.toBe(first.kid);
      expect(await verifies(second.token, keysOf(kept))).toBe(true);
    });

    it('a key that is revoked is gone at once, with all that it has signed, on every instance', async () => {
      await rotating('revoked');
      const sibling = await startSibling(idp);
      try {
        const { token, kid } = await tokenOf(tenant, machine);
        expect(kidsOf(await keySetOf(tenant, {}, sibling))).toContain(kid);
        await idp.get(KeysService).revoke(tenant, kid!, 'it was found in a public place');
        expect(kidsOf(await keySetOf(tenant))).not.toContain(kid);
        const config = await relyingParty(tenant, machine);
        expect(await openid.tokenIntrospection(config, token)).toEqual({ active: false });
        expect((await tokenOf(tenant, machine)).kid).not.toBe(kid);
        let elsewhere = kidsOf(await keySetOf(tenant, {}, sibling));
        for (let wait = 0; wait < 100 && elsewhere.includes(kid); wait++) {
          await new Promise((resolve) => setTimeout(resolve, 10));
          elsewhere = kidsOf(await keySetOf(tenant, {}, sibling));
        }
        expect(elsewhere).toEqual(kidsOf(await keySetOf(tenant)));
      } finally {
        await sibling.close();
      }
    });
  });
});

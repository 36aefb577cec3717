import { ClientMetadataError, type NewClient } from '@tokenidp/clients';
import { KEY_ALGORITHMS, type Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import { decodeProtectedHeader } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { ProofKey, ProofSender } from '../support/dpop';
import { createClient, createMachine, createUser, type TestClient } from '../support/fixtures';
import { basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import type { Tokens } from '../support/stock-client';

type Lists = Record<string, string[]>;

/**
 * Lists of values, each of which has a test: here, or in rfc8414-endpoint-authentication, rfc8414-requests,
 * rfc8414-grants, oidc-core-encryption, openid-ciba.
 */
const LISTS = [
  ...['scopes_supported', 'claims_supported', 'claim_types_supported', 'response_types_supported'],
  ...['response_modes_supported', 'grant_types_supported', 'subject_types_supported', 'acr_values_supported'],
  ...['display_values_supported', 'prompt_values_supported', 'ui_locales_supported'],
  ...['id_token_signing_alg_values_supported', 'userinfo_signing_alg_values_supported'],
  ...['code_challenge_methods_supported', 'token_endpoint_auth_methods_supported'],
  ...['token_endpoint_auth_signing_alg_values_supported', 'revocation_endpoint_auth_methods_supported'],
  ...['revocation_endpoint_auth_signing_alg_values_supported', 'introspection_endpoint_auth_methods_supported'],
  ...['introspection_endpoint_auth_signing_alg_values_supported', 'request_object_signing_alg_values_supported'],
  'introspection_signing_alg_values_supported',
  ...['id_token_encryption_alg_values_supported', 'id_token_encryption_enc_values_supported'],
  ...['userinfo_encryption_alg_values_supported', 'userinfo_encryption_enc_values_supported'],
  ...['authorization_signing_alg_values_supported', 'dpop_signing_alg_values_supported'],
  ...['backchannel_token_delivery_modes_supported', 'backchannel_authentication_request_signing_alg_values_supported'],
];

describe('RFC 8414 §2 what the metadata says is so (S-003)', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let metadata: Record<string, unknown>;
  let app: TestClient;
  let flow: CodeFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { keys: { algorithms: [...KEY_ALGORITHMS] } } });
    ({ user, credentials } = await createUser(idp, tenant));
    metadata = (await send(`${tenant.issuer}/.well-known/openid-configuration`)).json!;
    app = await newApp();
    flow = await CodeFlow.of(tenant, app);
  });

  afterAll(() => idp?.close());

  const supported = (name: string): string[] => (metadata as Lists)[`${name}_supported`]!;
  const newApp = (more: Partial<NewClient> = {}) => createClient(idp, tenant, { require_pkce: false, ...more });

  /** Somebody new at the application, whose request says this. */
  async function tokensFor(parameters: Record<string, string>, by: CodeFlow = flow): Promise<Tokens> {
    return by.tokens(await by.code(new HttpBrowser(), { credentials, parameters }));
  }

  /** What comes back to the application when a request says this. */
  async function answerTo(parameters: Record<string, string>): Promise<URLSearchParams> {
    const { url } = await flow.request(parameters);
    return callbackOf(await passThrough(new HttpBrowser(), url, credentials)).searchParams;
  }

  it('no list is without a test, and nothing is empty', () => {
    const lists = Object.entries(metadata).filter(([, value]) => Array.isArray(value));
    expect(lists.map(([name]) => name).sort()).toEqual([...LISTS].sort());
  });

  it('RFC 9449 §5.1 DPoP: a proof by each algorithm is taken, by another one not', async () => {
    const { client, secret } = await createMachine(idp, tenant);
    const sender = new ProofSender(idp, tenant.issuer);
    const takes = async (alg: string): Promise<boolean> => {
      const form = { grant_type: 'client_credentials' };
      const { status } = await sender.token(form, basic(client.client_id, secret), { key: new ProofKey(alg) });
      return status === 200;
    };
    const taken: string[] = [];
    for (const alg of ['ES256', 'PS256', 'Ed25519', 'EdDSA', 'RS256', 'PS384']) if (await takes(alg)) taken.push(alg);
    expect(supported('dpop_signing_alg_values')).toEqual(taken);
  });

  it('scopes: each can be had, another one not', async () => {
    const scopes = supported('scopes');
    const tokens = await tokensFor({ scope: scopes.join(' '), prompt: 'consent' });
    expect(tokens.scope?.split(' ').sort()).toEqual([...scopes].sort());
    expect(tokens.refresh_token).toBeDefined();
    expect((await answerTo({ scope: 'openid groups' })).get('error')).toBe('invalid_scope');
  });

  it('claims: each is somewhere, as a claim of its own', async () => {
    const tokens = await tokensFor({ scope: 'openid profile email address phone' });
    const userinfo = await openid.fetchUserInfo(flow.config, tokens.access_token, user.id);
    const told = new Set([...Object.keys(tokens.claims()!), ...Object.keys(userinfo)]);
    expect(supported('claims').filter((claim) => !told.has(claim))).toEqual([]);
    expect([...told].filter((claim) => !supported('claims').includes(claim))).toEqual([]);
    expect(supported('claim_types')).toEqual(['normal']);
    for (const bag of [tokens.claims()!, userinfo]) {
      expect(bag).not.toHaveProperty('_claim_names');
      expect(bag).not.toHaveProperty('_claim_sources');
    }
  });

  it('OIDC Core §5.5 claims_parameter_supported: each claim about the user can be asked for by name', async () => {
    const protocol = new Set('sub iss aud exp iat auth_time nonce acr amr azp at_hash sid'.split(' '));
    const names = supported('claims').filter((claim) => !protocol.has(claim));
    const asked = Object.fromEntries(names.map((name) => [name, null]));
    expect(metadata.claims_parameter_supported).toBe(true);
    const tokens = await tokensFor({ claims: JSON.stringify({ id_token: asked, userinfo: asked }) });
    const userinfo = await openid.fetchUserInfo(flow.config, tokens.access_token, user.id);
    expect(names.filter((name) => !(name in tokens.claims()!))).toEqual([]);
    expect(names.filter((name) => !(name in userinfo))).toEqual([]);
  });

  it('response types: code and nothing that begins or ends with a token', async () => {
    expect((await answerTo({ response_type: 'code' })).get('code')).toMatch(/./);
    for (const response_type of ['token', 'id_token', 'code id_token', 'code token', 'none']) {
      const error = (await answerTo({ response_type })).get('error');
      expect({ response_type, error }).toEqual({ response_type, error: 'unsupported_response_type' });
    }
  });

  it('response modes: the query and the form, no other', async () => {
    expect(supported('response_modes').sort()).toEqual(['form_post', 'form_post.jwt', 'jwt', 'query', 'query.jwt']);
    expect((await answerTo({ response_mode: 'query' })).get('code')).toMatch(/./);
    const { url } = await flow.request({ response_mode: 'form_post' });
    const page = await passThrough(new HttpBrowser(), url, credentials);
    expect(page.body).toMatch(/<form[^>]+method="post"[^>]+action="https:\/\/client\.example\/callback"/);
    expect(page.body).toMatch(/name="code" value="tac_/);
    for (const response_mode of ['fragment', 'fragment.jwt', 'web_message']) {
      expect((await answerTo({ response_mode })).get('error')).toBe('invalid_request');
    }
  });

  it('introspection algorithms: each signs an answer', async () => {
    expect(supported('introspection_signing_alg_values').sort()).toEqual([...KEY_ALGORITHMS].sort());
    for (const introspection_signed_response_alg of KEY_ALGORITHMS) {
      const { client, secret } = await createMachine(idp, tenant, { introspection_signed_response_alg });
      const headers = { ...basic(client.client_id, secret), accept: 'application/token-introspection+jwt' };
      const { text } = await postForm(`${tenant.issuer}/introspect`, { token: 'none' }, headers);
      expect(decodeProtectedHeader(text).alg).toBe(introspection_signed_response_alg);
    }
  });

  it('subject types: two clients see the same user under the same name, or one under a name of its own', async () => {
    expect(supported('subject_types')).toEqual(['public', 'pairwise']);
    const other = await CodeFlow.of(tenant, await newApp());
    expect((await tokensFor({}, other)).claims()!.sub).toBe((await tokensFor({})).claims()!.sub);
    const pairwise = await CodeFlow.of(tenant, await newApp({ subject_type: 'pairwise' }));
    expect((await tokensFor({}, pairwise)).claims()!.sub).not.toBe(user.id);
    await expect(newApp({ subject_type: 'private' as never })).rejects.toBeInstanceOf(ClientMetadataError);
  });

  it('acr values: each is reached and said; what is not reached, and needed, is an error', async () => {
    for (const acr_values of supported('acr_values')) {
      expect((await tokensFor({ acr_values })).claims()!.acr).toBe(acr_values);
    }
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:example:eleven-factors'] } } });
    expect((await answerTo({ claims })).get('error')).toBe('unmet_authentication_requirements');
  });

  it('display values and prompts: each is taken, others are wishes that nobody has to know', async () => {
    for (const display of supported('display_values')) {
      expect((await answerTo({ display })).get('code')).toMatch(/./);
    }
    for (const prompt of supported('prompt_values')) {
      const answer = await answerTo({ prompt });
      expect(prompt === 'none' ? answer.get('error') : answer.get('code')).toMatch(
        prompt === 'none' ? /^login_required$/ : /./,
      );
    }
    expect((await answerTo({ prompt: 'wave', display: 'hologram' })).get('code')).toMatch(/./);
    // Known, and honoured only where people may register: refused rather than let go.
    expect((await answerTo({ prompt: 'create' })).get('error')).toBe('invalid_request');
  });

  it('languages: each has pages of its own', async () => {
    const pages = new Map<string, string>();
    for (const ui_locales of supported('ui_locales')) {
      const { url } = await flow.request({ ui_locales });
      const { body } = await new HttpBrowser().open(url.href);
      expect(body).toContain(`<html lang="${ui_locales}"`);
      pages.set(ui_locales, /<h1[^>]*>(.*?)<\/h1>/s.exec(body)![1]!);
    }
    expect(new Set(pages.values()).size).toBe(supported('ui_locales').length);
  });

  it('OIDC Core §3.1.3.7 signatures of ID token and userinfo: each algorithm is used when it is registered', async () => {
    expect(supported('userinfo_signing_alg_values')).toEqual(supported('id_token_signing_alg_values'));
    for (const alg of supported('id_token_signing_alg_values')) {
      const signed = await newApp({ id_token_signed_response_alg: alg, userinfo_signed_response_alg: alg });
      const own = await CodeFlow.of(tenant, signed);
      openid.enableNonRepudiationChecks(own.config);
      const tokens = await tokensFor({}, own);
      expect(decodeProtectedHeader(tokens.id_token!).alg).toBe(alg);
      expect(await openid.fetchUserInfo(own.config, tokens.access_token, user.id)).toMatchObject({ sub: user.id });
    }
    for (const alg of ['none', 'HS256', 'RS512']) {
      await expect(newApp({ id_token_signed_response_alg: alg })).rejects.toBeInstanceOf(ClientMetadataError);
      await expect(newApp({ userinfo_signed_response_alg: alg })).rejects.toBeInstanceOf(ClientMetadataError);
    }
  });

  it('RFC 7636 §4.3 PKCE: S256, not plain', async () => {
    expect(supported('code_challenge_methods')).toEqual(['S256']);
    expect((await tokensFor({})).access_token).toMatch(/./);
    expect((await answerTo({ code_challenge_method: 'plain' })).get('error')).toBe('invalid_request');
  });

  it('RFC 9207 §3 the response names the issuer', async () => {
    expect(metadata.authorization_response_iss_parameter_supported).toBe(true);
    expect((await answerTo({})).get('iss')).toBe(tenant.issuer);
    expect((await answerTo({ prompt: 'none' })).get('iss')).toBe(tenant.issuer);
  });
});

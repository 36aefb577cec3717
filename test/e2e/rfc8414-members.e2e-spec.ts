import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApi, createClient } from '../support/fixtures';
import { postForm, send } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';

/** What each endpoint says to somebody who sends nothing: it is there, and it is itself. */
const ENDPOINTS: Record<string, ['GET' | 'POST', string]> = {
  authorization_endpoint: ['GET', '400'],
  token_endpoint: ['POST', '401 invalid_client'],
  userinfo_endpoint: ['GET', '401'],
  jwks_uri: ['GET', '200'],
  introspection_endpoint: ['POST', '401 invalid_client'],
  revocation_endpoint: ['POST', '401 invalid_client'],
  backchannel_authentication_endpoint: ['POST', '401 invalid_client'],
  device_authorization_endpoint: ['POST', '401 invalid_client'],
  end_session_endpoint: ['GET', '200'],
  pushed_authorization_request_endpoint: ['POST', '401 invalid_client'],
  registration_endpoint: ['POST', '400 invalid_redirect_uri'],
};

/** A word, and the suite that has a client take the server at it. */
const WORDS: Record<string, string> = {
  authorization_response_iss_parameter_supported: 'rfc9207-issuer',
  backchannel_logout_session_supported: 'oidc-back-channel-logout',
  backchannel_logout_supported: 'oidc-back-channel-logout',
  backchannel_user_code_parameter_supported: 'openid-ciba-core',
  claims_parameter_supported: 'rfc8414-metadata',
  client_id_metadata_document_supported: 'oauth-client-id-metadata-document',
  frontchannel_logout_session_supported: 'oidc-front-channel-logout',
  frontchannel_logout_supported: 'oidc-front-channel-logout',
  request_parameter_supported: 'rfc8414-requests',
  request_uri_parameter_supported: 'oidc-core-request-uri',
  require_pushed_authorization_requests: 'rfc8414-requests',
  require_request_uri_registration: 'oidc-core-request-uri',
  require_signed_request_object: 'rfc8414-requests',
};

const PAYMENT = { type: 'payment', displayName: 'Pay', description: 'Pays.', members: {} };
const LIST = /_supported$/;

describe('RFC 8414 §2 each member of the metadata (S-003)', () => {
  let idp: TestIdp;
  let metadata: Record<string, unknown>;
  let issuer: string;

  beforeAll(async () => {
    idp = await startIdp();
    const tenant = await idp.createTenant({
      slug: 'acme',
      settings: {
        registration: { mode: 'open', metadataDocuments: true },
        authorizationRequests: { byReference: true },
        userRegistration: 'open',
        backchannel: { push: true },
      },
    });
    const { client } = await createClient(idp, tenant);
    await createApi(idp, tenant, [client], { authorizationDetailsTypes: [PAYMENT] });
    issuer = tenant.issuer;
    metadata = (await send(`${issuer}/.well-known/openid-configuration`)).json!;
  });

  afterAll(() => idp?.close());

  it('RFC 8414 §2 is an endpoint, a list that rfc8414-metadata walks, or a word that a suite takes it at', () => {
    const singles = Object.entries(metadata).filter(([, value]) => !Array.isArray(value));
    const known = ['issuer', ...Object.keys(ENDPOINTS), ...Object.keys(WORDS)];
    expect(singles.map(([name]) => name).sort()).toEqual(known.sort());
    const lists = Object.keys(metadata).filter((name) => Array.isArray(metadata[name]));
    for (const name of lists) {
      expect({ name, isNamed: LIST.test(name) }).toEqual({ name, isNamed: true });
      expect({ name, empty: (metadata[name] as string[]).length === 0 }).toEqual({ name, empty: false });
    }
  });

  it.each(Object.entries(ENDPOINTS))('RFC 8414 §2 %s is served, below the issuer', async (name, [method, expected]) => {
    const url = String(metadata[name]);
    expect(url.startsWith(`${issuer}/`)).toBe(true);
    const isJson = name === 'registration_endpoint';
    const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    const sent = isJson ? send(url, init as never) : method === 'GET' ? send(url) : postForm(url, {});
    const { status, json } = await sent;
    expect([status, json?.error].filter(Boolean).join(' ')).toMatch(new RegExp(`^${expected}`));
    const other = await send(url, { method: 'PATCH' } as never);
    expect(other.status).toBe(405);
  });

  it.each(Object.entries(WORDS))('RFC 8414 §2 %s is a boolean that %s exercises', (name, suite) => {
    expect(typeof metadata[name]).toBe('boolean');
    expect(readFileSync(join(__dirname, `${suite}.e2e-spec.ts`), 'utf8')).toContain(name);
  });
});

import type { NewClient } from '@tokenidp/clients';
import { KEY_ALGORITHMS, type Tenant } from '@tokenidp/tenancy';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as openid from 'openid-client';
import type { Credentials } from '../support/browser';
import { newClientKey } from '../support/client-key';
import { callbackOf, CodeFlow, passThrough } from '../support/code-flow';
import { createClient, createUser } from '../support/fixtures';
import { send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';

describe('RFC 8414 §2 what the metadata says of requests and their answers is so (S-003)', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let credentials: Credentials;
  let metadata: Record<string, unknown>;
  let flow: CodeFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { keys: { algorithms: [...KEY_ALGORITHMS] } } });
    ({ credentials } = await createUser(idp, tenant));
    metadata = (await send(`${tenant.issuer}/.well-known/openid-configuration`)).json!;
    flow = await CodeFlow.of(tenant, await newApp());
  });

  afterAll(() => idp?.close());

  const supported = (name: string): string[] => metadata[`${name}_supported`] as string[];
  const newApp = (more: Partial<NewClient> = {}) => createClient(idp, tenant, more);

  const opened = (url: URL) => passThrough(new HttpBrowser(), url, credentials);

  /** What comes back to the application when a request says this. */
  async function answerTo(parameters: Record<string, string>, by: CodeFlow = flow): Promise<URLSearchParams> {
    return callbackOf(await opened((await by.request(parameters)).url)).searchParams;
  }

  it('JARM §2.3 signed response modes', async () => {
    expect(supported('response_modes')).toEqual(expect.arrayContaining(['jwt', 'query.jwt', 'form_post.jwt']));
    for (const response_mode of ['jwt', 'query.jwt']) {
      expect(decodeJwt((await answerTo({ response_mode })).get('response')!).code).toMatch(/^tac_/);
    }
    const { url } = await flow.request({ response_mode: 'form_post.jwt' });
    expect((await opened(url)).body).toMatch(/name="response" value="ey/);
  });

  it('RFC 9126 §5 a request is pushed where that is said', async () => {
    expect(metadata.require_pushed_authorization_requests).toBe(false);
    const { url } = await flow.request();
    const pushed = await openid.buildAuthorizationUrlWithPAR(flow.config, url.searchParams);
    expect(callbackOf(await opened(pushed)).searchParams.get('code')).toMatch(/./);
  });

  it('RFC 9101 §10.5 request objects: each algorithm by value, others not, none by reference', async () => {
    expect(metadata).toMatchObject({ request_parameter_supported: true, request_uri_parameter_supported: false });
    expect(metadata.require_signed_request_object).toBe(false);
    for (const alg of supported('request_object_signing_alg_values')) {
      const key = await newClientKey('signs', alg);
      const own = await CodeFlow.of(tenant, await newApp({ jwks: { keys: [key.publicJwk] } }));
      const { url } = await own.request();
      const signingKey = { key: key.privateKey, kid: key.kid };
      const signed = await openid.buildAuthorizationUrlWithJAR(own.config, url.searchParams, signingKey);
      const page = await opened(signed);
      expect({ alg, code: callbackOf(page).searchParams.has('code') }).toEqual({ alg, code: true });
    }
    expect((await answerTo({ request: 'eyJhbGciOiJub25lIn0.e30.' })).get('error')).toBe('invalid_request_object');
    const request_uri = 'https://client.example/request.jwt';
    expect((await answerTo({ request_uri })).get('error')).toBe('request_uri_not_supported');
  });

  it('JARM §4 signatures of answers: each algorithm is used when it is registered', async () => {
    for (const alg of supported('authorization_signing_alg_values')) {
      const own = await CodeFlow.of(tenant, await newApp({ authorization_signed_response_alg: alg }));
      const response = (await answerTo({ response_mode: 'jwt' }, own)).get('response')!;
      expect(decodeProtectedHeader(response).alg).toBe(alg);
    }
  });
});

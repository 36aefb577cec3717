import { CALLBACK, CHALLENGE, clientLike, contextLike, requestsLike, tenant } from '../../test/samples';
import { Parameters } from '../endpoints/form-parameters';
import { PUSHED_REQUEST_PREFIX } from '../rules/request-uri';
import { AuthorizationRequest } from './authorization-request';
import { afterRedirect, beforeRedirect, deviceAuthorization, REPEATABLE } from './authorize.pipeline';
import type { AuthorizationOutcome } from './interaction';

const VALID = {
  client_id: 'app',
  redirect_uri: CALLBACK,
  response_type: 'code',
  scope: 'openid',
  state: 's1',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
};

async function narrow(
  changes: Record<string, string | string[] | undefined>,
  client = clientLike(),
  context = contextLike(),
) {
  const { parameters, fault } = Parameters.read(JSON.parse(JSON.stringify({ ...VALID, ...changes })), REPEATABLE);
  const request = new AuthorizationRequest(parameters, fault);
  const clients = { find: async (_tenantId: string, id: string) => (id === 'app' ? client : null) };
  return { request, outcome: await requestsLike(clients, context).narrow(tenant, request) };
}

/** Where the failure is told, and with which error; 'none' when all rules hold. */
function told(outcome: AuthorizationOutcome | null): string {
  if (!outcome) return 'none';
  if (outcome.kind === 'error-page') return `page: ${outcome.error.error}`;
  if (outcome.kind !== 'respond' || outcome.response.mode !== 'redirect') return outcome.kind;
  const { searchParams } = new URL(outcome.response.location);
  return `client: ${searchParams.get('error')}, state ${searchParams.get('state')}, iss ${searchParams.get('iss')}`;
}

describe('the authorization pipeline', () => {
  it('RFC 6749 §4.1.2.1 has the client, where its request is, and its redirect URI alone before the redirect', () => {
    expect(beforeRedirect.map(({ name }) => name)).toEqual(['clientId', 'requestUri', 'requestObject', 'redirectUri']);
    expect(afterRedirect.slice(0, 3).map(({ name }) => name)).toEqual(['state', 'responseMode', 'wellFormed']);
  });

  it('RFC 8628 §3.1 takes of a device what has a meaning without a redirect', () => {
    expect(deviceAuthorization.map(({ name }) => name)).toEqual([
      'wellFormed',
      'resource',
      'authorizationDetails',
      'scope',
      'requiredAuthentication',
    ]);
  });

  it('OAuth 2.1 §4.1.1 narrows a valid request', async () => {
    const { request, outcome } = await narrow({ extra: 'foobar', nonce: 'n1', max_age: '10' });
    expect(outcome).toBeNull();
    expect(request).toMatchObject({
      redirectUri: CALLBACK,
      state: 's1',
      nonce: 'n1',
      maxAge: 10,
      codeChallenge: CHALLENGE,
    });
  });

  it.each([
    ['an unknown client', { client_id: 'other' }, 'page: invalid_client'],
    ['two clients', { client_id: ['app', 'app'] }, 'page: invalid_request'],
    ['another redirect URI', { redirect_uri: 'https://evil.example/' }, 'page: invalid_redirect_uri'],
    ['a pushed request that is unknown', { request_uri: `${PUSHED_REQUEST_PREFIX}x` }, 'page: invalid_request_uri'],
    ['two redirect URIs', { redirect_uri: [CALLBACK, CALLBACK] }, 'page: invalid_redirect_uri'],
  ])('S-022 RFC 6749 §4.1.2.1 tells the user of %s', async (_, changes, expected) => {
    expect(told((await narrow(changes)).outcome)).toBe(expected);
  });

  const back = (error: string, state: string | null = 's1') => `client: ${error}, state ${state}, iss ${tenant.issuer}`;

  it.each([
    ['no response_type', { response_type: undefined }, back('invalid_request')],
    ['another response_type', { response_type: 'token' }, back('unsupported_response_type')],
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }, back('invalid_request')],
    ['a scope that is not assigned', { scope: 'openid admin' }, back('invalid_scope')],
    ['two scopes', { scope: ['openid', 'openid'] }, back('invalid_request')],
    ['two states', { state: ['a', 'b'] }, back('invalid_request', null)],
    ['a state with a line break', { state: 'a\nb' }, back('invalid_request', null)],
    ['an unknown resource', { resource: 'https://x.example' }, back('invalid_target')],
    ['a request object', { request: 'a.b.c', response_type: undefined }, back('invalid_request_object')],
    ['metadata of the client', { registration: '{}' }, back('registration_not_supported')],
    ['a request_uri', { request_uri: 'https://app.example/r' }, back('request_uri_not_supported')],
    ['prompt=none with others', { prompt: 'none login' }, back('invalid_request')],
    ['a forged hint', { id_token_hint: 'a.b.c' }, back('invalid_request')],
    ['claims that are no JSON', { claims: '{' }, back('invalid_request')],
    ['an unknown response_mode', { response_mode: 'fragment' }, back('invalid_request')],
  ])('RFC 6749 §4.1.2.1 tells the client of %s', async (_, changes, expected) => {
    expect(told((await narrow(changes)).outcome)).toBe(expected);
  });

  it('RFC 9101 §6.3 tells the user of a request object where no way back to the client is known', async () => {
    const client = clientLike({ redirect_uris: [CALLBACK, `${CALLBACK}/other`] });
    const { outcome } = await narrow({ request: 'a.b.c', redirect_uri: undefined }, client);
    expect(told(outcome)).toBe('page: invalid_request_object');
  });

  it('OAuth 2.0 Form Post Response Mode §2 tells of a failure in the mode that was asked for', async () => {
    const { outcome } = await narrow({ response_mode: 'form_post', response_type: 'token' });
    expect(outcome).toMatchObject({
      kind: 'respond',
      response: { mode: 'form', fields: { error: 'unsupported_response_type', state: 's1' } },
    });
  });

  it('S-026 OAuth 2.1 §7.13.2 shows the failure of a client that registered itself', async () => {
    const { outcome } = await narrow({ scope: 'openid admin' }, clientLike({ origin: 'registered' }));
    expect(told(outcome)).toBe('page: invalid_scope');
  });

  it('lets through what is no protocol error', async () => {
    const parameters = Parameters.parse({ client_id: 'app' });
    const clients = { find: () => Promise.reject(new Error('database')) };
    await expect(requestsLike(clients).narrow(tenant, new AuthorizationRequest(parameters))).rejects.toThrow(
      'database',
    );
  });
});

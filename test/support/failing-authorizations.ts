import { type FailingRequest, type FailingWorld, fixOf, PLANTED } from './failing-requests';
import { REDIRECT_URI } from './fixtures';
import { type Answer, send } from './http';

/** An authorization request of the app that is all right but for what is given; '' leaves a parameter out. */
function authorize({ tenant, app }: FailingWorld, form: Record<string, string>, client = app): Promise<Answer> {
  const all = {
    client_id: client.client.client_id,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    state: PLANTED,
    ...form,
  };
  const given = Object.entries(all).filter(([, value]) => value !== '');
  return send(`${tenant.issuer}/authorize?${new URLSearchParams(given).toString()}`);
}

/** By the browser. */
export function failingAuthorizations(world: FailingWorld): Record<string, FailingRequest> {
  const { app, strict } = world;
  return {
    'a redirect URI with a slash too many': {
      cause: 'redirect-uri-mismatch',
      ask: () => authorize(world, { redirect_uri: `${REDIRECT_URI}/` }),
      endpoint: '/authorize',
      error: 'invalid_redirect_uri',
      sent: { redirect_uri: `${REDIRECT_URI}/` },
      registered: { redirect_uris: [REDIRECT_URI] },
      fix: fixOf('redirect_uris', [REDIRECT_URI, `${REDIRECT_URI}/`], `/clients/${app?.client.id}`),
    },
    'an unknown application': {
      cause: 'unknown-client',
      ask: () => authorize(world, { client_id: 'ghost' }),
      endpoint: '/authorize',
      error: 'invalid_client',
      sent: { client_id: 'ghost' },
    },
    'no application': {
      cause: 'parameter-missing',
      ask: () => authorize(world, { client_id: '' }),
      endpoint: '/authorize',
      error: 'invalid_request',
    },
    'a scope that is not assigned': {
      cause: 'scope-not-assigned',
      ask: () => authorize(world, { scope: 'openid api.delete' }),
      endpoint: '/authorize',
      error: 'invalid_scope',
      sent: { scope: ['openid', 'api.delete'] },
      registered: { scopes: ['api.read', 'api.write'] },
    },
    'no code_challenge': {
      cause: 'pkce-missing',
      ask: () => authorize(world, { code_challenge: '', code_challenge_method: '' }),
      endpoint: '/authorize',
      error: 'invalid_request',
      registered: { require_pkce: true },
      fix: fixOf('require_pkce', false),
    },
    'a plain code_challenge': {
      cause: 'pkce-method',
      ask: () => authorize(world, { code_challenge_method: 'plain' }),
      endpoint: '/authorize',
      error: 'invalid_request',
      sent: { code_challenge_method: 'plain' },
    },
    'another response_type': {
      cause: 'unsupported-response-type',
      ask: () => authorize(world, { response_type: 'token' }),
      endpoint: '/authorize',
      error: 'unsupported_response_type',
    },
    'a response_mode that is not registered': {
      cause: 'response-mode-not-registered',
      ask: () => authorize(world, { response_mode: 'form_post' }),
      endpoint: '/authorize',
      error: 'unauthorized_client',
      registered: { response_modes: ['query'] },
      fix: fixOf('response_modes', ['query', 'form_post']),
    },
    'a request that should have been pushed': {
      cause: 'pushed-request-required',
      ask: () => authorize(world, {}, strict),
      endpoint: '/authorize',
      error: 'invalid_request',
      fix: fixOf('require_pushed_authorization_requests', false, `/clients/${strict?.client.id}`),
    },
    'a session that is not there': {
      cause: 'login-required',
      ask: () => authorize(world, { prompt: 'none' }),
      endpoint: '/authorize',
      error: 'login_required',
    },
    'a resource that is not assigned': {
      cause: 'resource-not-assigned',
      ask: () => authorize(world, { resource: 'https://other.example/' }),
      endpoint: '/authorize',
      error: 'invalid_target',
      sent: { resource: ['https://other.example/'] },
    },
  };
}

import { type FailingRequest, type FailingWorld, fixOf, PLANTED } from './failing-requests';
import { API, REDIRECT_URI, type TestClient } from './fixtures';
import { type Answer, basic, postForm, send } from './http';

/** A token request, by default of the machine. */
function token(
  { tenant, machine }: FailingWorld,
  form: Record<string, string>,
  { client, secret }: TestClient = machine,
): Promise<Answer> {
  return postForm(`${tenant.issuer}/token`, form, basic(client.client_id, secret));
}

/** By the client itself. */
export function failingCalls(world: FailingWorld): Record<string, FailingRequest> {
  const { tenant, app, machine } = world;
  return {
    'a wrong secret': {
      cause: 'wrong-credentials',
      ask: () => token(world, { grant_type: 'client_credentials' }, { client: machine.client, secret: PLANTED }),
      endpoint: '/token',
      error: 'invalid_client',
      registered: { token_endpoint_auth_method: 'client_secret_basic' },
    },
    'the secret in the form': {
      cause: 'auth-method-mismatch',
      ask: () => {
        const { client, secret } = machine;
        return postForm(`${tenant.issuer}/token`, {
          grant_type: 'client_credentials',
          client_id: client.client_id,
          client_secret: secret,
        });
      },
      endpoint: '/token',
      error: 'invalid_client',
      sent: { token_endpoint_auth_method: 'client_secret_post' },
      fix: fixOf('token_endpoint_auth_method', 'client_secret_post', `/clients/${machine?.client.id}`),
    },
    'a grant that is not registered': {
      cause: 'grant-type-not-registered',
      ask: () => token(world, { grant_type: 'client_credentials' }, app),
      endpoint: '/token',
      error: 'unauthorized_client',
      sent: { grant_type: 'client_credentials' },
      fix: fixOf('grant_types', ['authorization_code', 'refresh_token', 'client_credentials']),
    },
    'a grant that there is not': {
      cause: 'unsupported-grant-type',
      ask: () => token(world, { grant_type: 'password', password: PLANTED }),
      endpoint: '/token',
      error: 'unsupported_grant_type',
    },
    'no grant': {
      cause: 'parameter-missing',
      ask: () => token(world, { scope: 'api.read' }),
      endpoint: '/token',
      error: 'invalid_request',
    },
    'a scope of the machine that is not assigned': {
      cause: 'scope-not-assigned',
      ask: () => token(world, { grant_type: 'client_credentials', scope: 'api.read openid', resource: API }),
      endpoint: '/token',
      error: 'invalid_scope',
      registered: { scopes: expect.arrayContaining(['api.read', 'api.write']) },
    },
    'a code that was never given': {
      cause: 'code-not-valid',
      ask: () =>
        token(
          world,
          { grant_type: 'authorization_code', code: PLANTED, redirect_uri: REDIRECT_URI, code_verifier: PLANTED },
          app,
        ),
      endpoint: '/token',
      error: 'invalid_grant',
      sent: { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI },
    },
    'a refresh token that was never given': {
      cause: 'refresh-token-not-valid',
      ask: () => token(world, { grant_type: 'refresh_token', refresh_token: PLANTED }, app),
      endpoint: '/token',
      error: 'invalid_grant',
    },
    'a pushed request with another redirect URI': {
      cause: 'redirect-uri-mismatch',
      ask: () =>
        postForm(
          `${tenant.issuer}/par`,
          { response_type: 'code', redirect_uri: 'https://evil.example/' },
          basic(app.client.client_id, app.secret),
        ),
      endpoint: '/par',
      error: 'invalid_request',
      sent: { redirect_uri: 'https://evil.example/' },
      fix: fixOf('redirect_uris', [REDIRECT_URI, 'https://evil.example/']),
    },
    'a device flow that is not registered': {
      cause: 'grant-type-not-registered',
      ask: () => postForm(`${tenant.issuer}/device_authorization`, {}, basic(app.client.client_id, app.secret)),
      endpoint: '/device_authorization',
      error: 'unauthorized_client',
      fix: { member: 'grant_types' },
    },
    'a method that there is not': {
      cause: 'wrong-method',
      ask: () => send(`${tenant.issuer}/token?code=${PLANTED}`),
      endpoint: '/token',
      error: 'invalid_request',
    },
    'JSON in the place of a form': {
      cause: 'wrong-content-type',
      ask: () =>
        send(`${tenant.issuer}/token`, {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ client_secret: PLANTED }),
        }),
      endpoint: '/token',
      error: 'invalid_request',
    },
    'an access token that is none': {
      cause: 'token-not-valid',
      ask: () => send(`${tenant.issuer}/userinfo`, { headers: { authorization: `Bearer ${PLANTED}` } }),
      endpoint: '/userinfo',
      error: 'invalid_token',
    },
  };
}

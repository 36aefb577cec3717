import { assignmentOf, CALLBACK, clientLike } from '../../test/samples';
import { diagnose } from './diagnose';
import type { FailedCase } from './diagnosis';
import type { SentRequest } from './sent-request';

const sent = (more: Partial<SentRequest> = {}): SentRequest => ({
  names: ['client_id'],
  values: {},
  resources: [],
  authMethod: 'none',
  clientId: 'app',
  ...more,
});

const BASIC = {
  token_endpoint_auth_method: 'client_secret_basic',
  token_endpoint_auth_signing_alg: undefined,
} as const;
const WITH_SECRET = { ...BASIC, secrets: [{ id: 's' }] as never };

const failed = (more: Partial<FailedCase>): FailedCase => ({
  endpoint: '/authorize',
  error: 'invalid_request',
  description: 'it failed',
  status: 400,
  sent: sent(),
  client: clientLike(WITH_SECRET),
  ...more,
});

/** Which member of which path, and what it becomes. */
const fixOf = (fixed: ReturnType<typeof diagnose>): unknown[] | undefined =>
  fixed.fix && [
    fixed.fix.operation,
    fixed.fix.path.replace(/[0-9a-f-]{36}/g, ':id'),
    fixed.fix.member,
    fixed.fix.value,
  ];

type Row = [cause: string, failed: Partial<FailedCase>, fix?: unknown[]];

const ROWS: Row[] = [
  ['missing-client', { error: 'invalid_client', client: null, sent: sent({ clientId: undefined }) }],
  ['unknown-client', { error: 'invalid_client', client: null, sent: sent({ clientId: 'ghost' }) }],
  [
    'client-disabled',
    { error: 'invalid_client', client: clientLike({ status: 'disabled' }) },
    ['PATCH', '/clients/:id', 'status', 'active'],
  ],
  [
    'auth-method-mismatch',
    { endpoint: '/token', error: 'invalid_client', status: 401, sent: sent({ authMethod: 'client_secret_post' }) },
    ['PATCH', '/clients/:id', 'token_endpoint_auth_method', 'client_secret_post'],
  ],
  ['missing-credentials', { endpoint: '/token', error: 'invalid_client', status: 401 }],
  [
    'wrong-credentials',
    { endpoint: '/token', error: 'invalid_client', status: 401, sent: sent({ authMethod: 'client_secret_basic' }) },
  ],
  [
    'no-live-secret',
    {
      error: 'invalid_client',
      sent: sent({ authMethod: 'client_secret_basic' }),
      client: clientLike({ ...BASIC, secrets: [{ expiresAt: new Date(0) }] as never }),
    },
    ['POST', '/clients/:id/secrets', 'name', 'New secret'],
  ],
  [
    'redirect-uri-mismatch',
    { error: 'invalid_redirect_uri', sent: sent({ values: { redirect_uri: `${CALLBACK}/` } }) },
    ['PATCH', '/clients/:id', 'redirect_uris', [CALLBACK, `${CALLBACK}/`]],
  ],
  ['redirect-uri-missing', { error: 'invalid_redirect_uri' }],
  [
    'post-logout-redirect-uri-mismatch',
    {
      endpoint: '/logout',
      error: 'invalid_redirect_uri',
      sent: sent({ values: { post_logout_redirect_uri: 'https://app.example/x' } }),
    },
    ['PATCH', '/clients/:id', 'post_logout_redirect_uris', ['https://app.example/bye', 'https://app.example/x']],
  ],
  [
    'grant-type-not-registered',
    { endpoint: '/token', error: 'unauthorized_client', sent: sent({ values: { grant_type: 'client_credentials' } }) },
    ['PATCH', '/clients/:id', 'grant_types', ['authorization_code', 'refresh_token', 'client_credentials']],
  ],
  [
    'response-mode-not-registered',
    {
      error: 'unauthorized_client',
      description: 'response_mode is not registered for this application',
      sent: sent({ values: { response_mode: 'jwt' } }),
      client: clientLike({ response_modes: ['query'] }),
    },
    ['PATCH', '/clients/:id', 'response_modes', ['query', 'jwt']],
  ],
  [
    'scope-not-registered',
    {
      error: 'invalid_scope',
      sent: sent({ values: { scope: 'openid email' } }),
      client: clientLike({ scope: 'openid' }),
    },
    ['PATCH', '/clients/:id', 'scope', 'openid email'],
  ],
  [
    'scope-not-assigned',
    {
      error: 'invalid_scope',
      sent: sent({ values: { scope: 'openid b' } }),
      client: clientLike({ assignments: [{ ...assignmentOf('https://api.example', ['a', 'b']), userScopes: ['a'] }] }),
    },
    ['PUT', expect.stringContaining('/clients/:id/assignments/') as never, 'userScopes', ['a', 'b']],
  ],
  ['resource-not-assigned', { error: 'invalid_target', sent: sent({ resources: ['https://other.example'] }) }],
  [
    'pushed-request-required',
    {
      description: 'the request has to be pushed first',
      client: clientLike({ require_pushed_authorization_requests: true }),
    },
    ['PATCH', '/clients/:id', 'require_pushed_authorization_requests', false],
  ],
  [
    'signed-request-required',
    {
      description: 'the request has to be a signed request object',
      client: clientLike({ require_signed_request_object: true }),
    },
    ['PATCH', '/clients/:id', 'require_signed_request_object', false],
  ],
  [
    'pkce-missing',
    { description: 'code_challenge is required (PKCE with S256)' },
    ['PATCH', '/clients/:id', 'require_pkce', false],
  ],
  [
    'pkce-missing',
    { description: 'code_challenge is required (PKCE with S256)', client: clientLike({ isConfidential: false }) },
  ],
  [
    'pkce-missing',
    { description: 'code_challenge is required (PKCE with S256)', client: clientLike({ security_profile: 'oauth21' }) },
  ],
  ['pkce-method', { description: 'code_challenge_method must be S256', sent: sent({ names: ['code_challenge'] }) }],
  [
    'dpop-missing',
    {
      endpoint: '/token',
      error: 'invalid_dpop_proof',
      description: 'the client has to prove its key with every token request (DPoP)',
      client: clientLike({ dpop_bound_access_tokens: true }),
    },
    ['PATCH', '/clients/:id', 'dpop_bound_access_tokens', false],
  ],
  [
    'security-profile',
    {
      error: 'unauthorized_client',
      description: 'the client has the security profile baseline, and its tenant demands oauth21',
    },
  ],
  [
    'verifier-mismatch',
    { endpoint: '/token', error: 'invalid_grant', description: 'code_verifier does not match the code_challenge' },
  ],
  [
    'redirect-uri-of-code',
    {
      endpoint: '/token',
      error: 'invalid_grant',
      description: 'redirect_uri is not the one of the authorization request',
    },
  ],
  [
    'code-not-valid',
    { endpoint: '/token', error: 'invalid_grant', description: 'the authorization code is not valid' },
  ],
  [
    'refresh-token-not-valid',
    { endpoint: '/token', error: 'invalid_grant', description: 'the refresh token is not valid' },
  ],
  ['parameter-missing', { endpoint: '/token', description: 'grant_type is missing' }],
  ['parameter-twice', { description: 'scope was sent more than once' }],
  ['unsupported-grant-type', { endpoint: '/token', error: 'unsupported_grant_type' }],
  ['declined', { error: 'access_denied' }],
  ['wrong-method', { endpoint: '/token', status: 405 }],
  ['wrong-content-type', { endpoint: '/token', status: 415 }],
  ['rate-limited', { error: 'temporarily_unavailable', status: 429 }],
  ['unavailable', { error: 'temporarily_unavailable', status: 503 }],
  ['server-error', { error: 'server_error', status: 500, client: null }],
  ['other', { description: 'nonce is too long' }],
];

describe('diagnose', () => {
  it.each(ROWS.map(([cause, more, fix]) => [cause, { more, fix }] as const))('finds %s', (cause, { more, fix }) => {
    const found = diagnose(failed(more));
    expect([found.cause, fixOf(found)]).toEqual([cause, fix]);
    expect(found.explanation).toMatch(/\S/);
  });
});

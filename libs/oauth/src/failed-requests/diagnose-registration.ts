import { type Client, RedirectUriSet } from '@tokenidp/clients';
import { isOidcScope, parseScope } from '@tokenidp/kernel';
import { type Diagnose, type Diagnosis, type FailedCase, patch } from './diagnosis';

/** What the request asks for and the client is not registered for. */
export const diagnoseRegistration: Diagnose = (failed) => {
  const { client } = failed;
  if (!client) return null;
  for (const look of [redirectUri, logoutUri, grantType, responseMode, scope, resource, pushed, signed, pkce, dpop]) {
    const found = look(client, failed);
    if (found) return found;
  }
  return null;
};

type Look = (client: Client, failed: FailedCase) => Diagnosis | null;

const redirectUri: Look = (client, { endpoint, error, description, sent }) => {
  const uri = sent.values.redirect_uri;
  const isAbout = error === 'invalid_redirect_uri' || (description.startsWith('redirect_uri') && endpoint !== '/token');
  if (!isAbout || endpoint === '/logout') return null;
  const registered = { redirect_uris: client.redirect_uris };
  if (uri === undefined) {
    const explanation = 'The request says not where to go, and there is not exactly one place registered.';
    return { cause: 'redirect-uri-missing', explanation, sent: {}, registered };
  }
  if (new RedirectUriSet(client.redirect_uris, client.type).matches(uri)) return null;
  const fix = patch(client, 'redirect_uris', [...client.redirect_uris, uri]);
  const explanation = 'The redirect_uri is not, character by character, one of the registered ones.';
  return { cause: 'redirect-uri-mismatch', explanation, sent: { redirect_uri: uri }, registered, fix };
};

const logoutUri: Look = (client, { error, sent }) => {
  const uri = sent.values.post_logout_redirect_uri;
  if (error !== 'invalid_redirect_uri' || uri === undefined) return null;
  return {
    cause: 'post-logout-redirect-uri-mismatch',
    explanation: 'The post_logout_redirect_uri is not one of the registered ones.',
    sent: { post_logout_redirect_uri: uri },
    registered: { post_logout_redirect_uris: client.post_logout_redirect_uris },
    fix: patch(client, 'post_logout_redirect_uris', [...client.post_logout_redirect_uris, uri]),
  };
};

/** Device and back-channel requests have no grant_type of their own yet. */
const GRANT_OF_ENDPOINT: Readonly<Record<string, string>> = {
  '/authorize': 'authorization_code',
  '/par': 'authorization_code',
  '/device_authorization': 'urn:ietf:params:oauth:grant-type:device_code',
  '/backchannel_authentication': 'urn:openid:params:grant-type:ciba',
};

const grantType: Look = (client, { endpoint, error, sent }) => {
  const wanted = sent.values.grant_type ?? GRANT_OF_ENDPOINT[endpoint];
  if (error !== 'unauthorized_client' || wanted === undefined) return null;
  if (client.grant_types.some((each) => each === wanted)) return null;
  return {
    cause: 'grant-type-not-registered',
    explanation: 'The application is not registered for this grant type.',
    sent: { grant_type: wanted },
    registered: { grant_types: client.grant_types },
    fix: patch(client, 'grant_types', [...client.grant_types, wanted]),
  };
};

const responseMode: Look = (client, { error, description, sent }) => {
  const mode = sent.values.response_mode;
  if (error !== 'unauthorized_client' || mode === undefined || !description.startsWith('response_mode')) return null;
  return {
    cause: 'response-mode-not-registered',
    explanation: 'The application is not registered for this response mode.',
    sent: { response_mode: mode },
    registered: { response_modes: client.response_modes },
    fix: patch(client, 'response_modes', [...client.response_modes, mode]),
  };
};

const scope: Look = (client, { error, sent }) => {
  if (error !== 'invalid_scope') return null;
  const asked = [...parseScope(sent.values.scope ?? '')];
  const isForItself = sent.values.grant_type === 'client_credentials';
  const assigned = client.assignments.flatMap(({ userScopes, clientScopes }) =>
    isForItself ? clientScopes : userScopes,
  );
  const mayHave = (name: string) => assigned.includes(name) || (!isForItself && isOidcScope(name));
  const unregistered = client.scope === undefined ? [] : asked.filter((name) => !parseScope(client.scope!).has(name));
  if (unregistered.length > 0) {
    return {
      cause: 'scope-not-registered',
      explanation: `The registered scope of the application lacks ${unregistered.join(', ')}.`,
      sent: { scope: asked },
      registered: { scope: client.scope },
      fix: patch(client, 'scope', [client.scope, ...unregistered].join(' ')),
    };
  }
  const missing = asked.filter((name) => !mayHave(name));
  if (missing.length === 0) return null;
  return {
    cause: 'scope-not-assigned',
    explanation: `Not assigned to the application: ${missing.join(', ')}.`,
    sent: { scope: asked },
    registered: { scopes: assigned },
    fix: scopeFix(client, missing, isForItself),
  };
};

/** Where one of its APIs has them all. */
function scopeFix(client: Client, missing: readonly string[], isForItself: boolean): Diagnosis['fix'] {
  const home = client.assignments.find(({ resource }) =>
    missing.every((name) => resource.scopes.some((each) => each.name === name)),
  );
  if (!home) return undefined;
  const [member, has] = isForItself ? ['clientScopes', home.clientScopes] : ['userScopes', home.userScopes];
  const path = `/clients/${client.id}/assignments/${home.resource.id}`;
  return { operation: 'PUT', path, member: member as string, value: [...has, ...missing] };
}

const resource: Look = (client, { error, sent }) => {
  if (error !== 'invalid_target') return null;
  const known = client.assignments.map(({ resource: { identifier } }) => identifier);
  return {
    cause: sent.resources.some((each) => !known.includes(each)) ? 'resource-not-assigned' : 'target-unclear',
    explanation: 'No API, or more than one, or one that is not assigned to the application, is meant by the request.',
    sent: { resource: sent.resources, scope: sent.values.scope },
    registered: { resources: known },
  };
};

const pushed: Look = (client, { endpoint, description }) => {
  const isAbout = endpoint === '/authorize' && client.require_pushed_authorization_requests === true;
  if (!isAbout || !/push/.test(description)) return null;
  return {
    cause: 'pushed-request-required',
    explanation: 'The application has to push its requests first (RFC 9126).',
    registered: { require_pushed_authorization_requests: true },
    fix: patch(client, 'require_pushed_authorization_requests', false),
  };
};

const signed: Look = (client, { description }) => {
  if (client.require_signed_request_object !== true || !/signed request object/.test(description)) return null;
  return {
    cause: 'signed-request-required',
    explanation: 'The application has to sign its requests (RFC 9101).',
    registered: { require_signed_request_object: true },
    fix: patch(client, 'require_signed_request_object', false),
  };
};

const pkce: Look = (client, { endpoint, error, description, sent }) => {
  if (endpoint === '/token' || error !== 'invalid_request' || !description.startsWith('code_challenge')) return null;
  const registered = { require_pkce: client.require_pkce };
  if (sent.names.includes('code_challenge')) {
    const explanation = 'The code_challenge is not one of S256.';
    return {
      cause: 'pkce-method',
      explanation,
      sent: { code_challenge_method: sent.values.code_challenge_method },
      registered,
    };
  }
  const explanation = 'The request has no code_challenge (PKCE), and the application has to send one.';
  const fix = client.isConfidential ? patch(client, 'require_pkce', false) : undefined;
  return { cause: 'pkce-missing', explanation, sent: { names: sent.names }, registered, fix };
};

const dpop: Look = (client, { error, description }) => {
  if (error !== 'invalid_dpop_proof') return null;
  const isMissing = client.dpop_bound_access_tokens === true && /has to prove/.test(description);
  const registered = { dpop_bound_access_tokens: client.dpop_bound_access_tokens ?? false };
  if (!isMissing)
    return { cause: 'dpop-proof', explanation: `The DPoP proof was refused: ${description}.`, registered };
  const explanation = 'The application has to prove a key with each token request (DPoP), and did not.';
  return { cause: 'dpop-missing', explanation, registered, fix: patch(client, 'dpop_bound_access_tokens', false) };
};

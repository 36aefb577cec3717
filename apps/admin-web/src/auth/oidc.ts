import * as oauth from 'oauth4webapi';

/** Who is signed in, as the ID token and userinfo say. Tokens stay in this module's memory and nowhere else. */
export interface SignedIn {
  name: string;
  subject: string;
  email: string | undefined;
  issuer: string;
  signedInAt: Date | undefined;
}

const CLIENT: oauth.Client = { client_id: 'admin-web' };
const PENDING = 'tokenidp.sign-in';

/** What must survive the redirect: never a token, only what proves that the answer belongs to this tab's question. */
interface Pending {
  state: string;
  nonce: string;
  verifier: string;
}

let idToken: string | undefined;

/** The portal lives at `<issuer>/admin/`, so its own address tells the issuer. */
function issuer(): URL {
  const { origin, pathname } = window.location;
  return new URL(origin + pathname.slice(0, pathname.lastIndexOf('/admin/')));
}

const redirectUri = (): string => `${issuer().href.replace(/\/$/, '')}/admin/callback`;

// Plain http exists on a loopback host only, where the server itself allows it.
const insecure = { [oauth.allowInsecureRequests]: window.location.protocol === 'http:' };

async function discover(): Promise<oauth.AuthorizationServer> {
  const url = issuer();
  return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, insecure));
}

/** Leaves the page for the sign-in: authorization code with PKCE. */
export async function signIn(): Promise<void> {
  const server = await discover();
  const pending: Pending = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: CLIENT.client_id,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: 'openid profile email',
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  }).toString();
  window.location.assign(url);
}

/** Finishes a sign-in when the page was opened by its answer; otherwise null. The address is cleaned in any case. */
export async function finishSignIn(): Promise<SignedIn | null> {
  const answer = new URL(window.location.href);
  if (!answer.pathname.endsWith('/admin/callback')) return null;
  const stored = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  window.history.replaceState(null, '', './');
  if (!stored) return null;
  return exchange(answer, JSON.parse(stored) as Pending);
}

async function exchange(answer: URL, pending: Pending): Promise<SignedIn> {
  const server = await discover();
  const parameters = oauth.validateAuthResponse(server, CLIENT, answer, pending.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    CLIENT,
    oauth.None(),
    parameters,
    redirectUri(),
    pending.verifier,
    insecure,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, CLIENT, response, {
    expectedNonce: pending.nonce,
    requireIdToken: true,
  });
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (!claims) throw new Error('The answer holds no ID token.');
  idToken = tokens.id_token;
  return describe(server, claims, tokens.access_token);
}

async function describe(
  server: oauth.AuthorizationServer,
  claims: oauth.IDToken,
  accessToken: string,
): Promise<SignedIn> {
  const response = await oauth.userInfoRequest(server, CLIENT, accessToken, insecure);
  const user = await oauth.processUserInfoResponse(server, CLIENT, claims.sub, response);
  return {
    name: user.name ?? user.preferred_username ?? claims.sub,
    subject: claims.sub,
    email: user.email,
    issuer: server.issuer,
    signedInAt: typeof claims.auth_time === 'number' ? new Date(claims.auth_time * 1000) : undefined,
  };
}

/** Ends the session at the provider and comes back. */
export async function signOut(): Promise<void> {
  const server = await discover();
  const url = new URL(server.end_session_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: CLIENT.client_id,
    post_logout_redirect_uri: `${issuer().href.replace(/\/$/, '')}/admin/`,
    ...(idToken ? { id_token_hint: idToken } : {}),
  }).toString();
  idToken = undefined;
  window.location.assign(url);
}

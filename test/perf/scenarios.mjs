// What is measured. A scenario prepares a target and gives a function that does one round for worker number n.
import { browse, CookieJar, pkce } from './browser.mjs';
import { assertion, privateKey } from './proofs.mjs';

const basic = ({ client_id, client_secret }) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`).toString('base64')}`,
});

function ok(answer, status = 200) {
  if (answer.status !== status) throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`);
  return answer;
}

const path = (url) => new URL(url).pathname;

/** GET of a document that never changes. */
const document = (url) => async (target) => {
  const at = path(url(target));
  return { simple: { method: 'GET', path: at } };
};

const clientCredentials = (resource) => async (target) => ({
  simple: {
    method: 'POST',
    path: path(target.metadata.token_endpoint),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(target.clients.machine) },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'api.read',
      resource: target.resources[resource],
    }).toString(),
  },
});

/** Each request has an assertion of its own: one ES256 signature to verify, one `jti` to spend. */
async function privateKeyJwt(target) {
  const key = privateKey(target.keys.private);
  const at = path(target.metadata.token_endpoint);
  const { client_id } = target.clients.signer;
  const form = { grant_type: 'client_credentials', scope: 'api.read', resource: target.resources.es256 };
  return {
    round: async () => ok(await target.http.post(at, { ...form, ...assertion(key, client_id, target.issuer) })),
  };
}

async function authorize(target, jar, scope, resource) {
  const { verifier, challenge } = pkce();
  const query = new URLSearchParams({
    client_id: target.clients.web.client_id,
    redirect_uri: target.redirectUri,
    response_type: 'code',
    scope,
    state: 'state',
    nonce: 'nonce',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(scope.includes('offline_access') ? { prompt: 'consent' } : {}),
    ...(resource ? { resource } : {}),
  });
  const answer = await browse(target, jar, `${path(target.metadata.authorization_endpoint)}?${query}`);
  const code = answer.searchParams.get('code');
  if (!code) throw new Error(`no code: ${answer.href}`);
  return { code, verifier };
}

async function token(target, form) {
  const answer = await target.http.post(path(target.metadata.token_endpoint), form, basic(target.clients.web));
  return JSON.parse(ok(answer).text);
}

const redeem = (target, { code, verifier }) =>
  token(target, { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: target.redirectUri });

/** A session and a consent exist; each round is one authorization request and the redemption of its code. */
async function authorizeAndToken(target) {
  const jars = [];
  while (jars.length < target.concurrency) jars.push(await signedIn(target));
  return {
    round: async (worker) =>
      redeem(target, await authorize(target, jars[worker], 'openid api.read', target.resources.es256)),
  };
}

async function signedIn(target) {
  const jar = new CookieJar();
  await authorize(target, jar, 'openid api.read', target.resources.es256);
  return jar;
}

/** Each worker rotates its own refresh token. */
async function refresh(target) {
  const tokens = [];
  for (let worker = 0; worker < target.concurrency; worker += 1) {
    const first = await redeem(
      target,
      await authorize(target, new CookieJar(), 'openid offline_access api.read', target.resources.es256),
    );
    if (!first.refresh_token) throw new Error('no refresh token was issued');
    tokens.push(first.refresh_token);
  }
  return {
    round: async (worker) => {
      const answer = await token(target, { grant_type: 'refresh_token', refresh_token: tokens[worker] });
      if (answer.refresh_token === tokens[worker]) throw new Error('the refresh token was not rotated');
      tokens[worker] = answer.refresh_token;
    },
  };
}

async function introspection(target) {
  const { access_token } = await redeem(
    target,
    await authorize(target, new CookieJar(), 'openid api.read', target.resources.opaque),
  );
  const simple = {
    method: 'POST',
    path: path(target.metadata.introspection_endpoint),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(target.clients.web) },
    body: new URLSearchParams({ token: access_token }).toString(),
  };
  const answer = JSON.parse(ok(await target.http.request('POST', simple.path, simple.headers, simple.body)).text);
  if (answer.active !== true) throw new Error('the token is not active');
  return { simple };
}

async function userinfo(target) {
  const { access_token } = await redeem(target, await authorize(target, new CookieJar(), 'openid profile email'));
  const simple = {
    method: 'GET',
    path: path(target.metadata.userinfo_endpoint),
    headers: { authorization: `Bearer ${access_token}` },
  };
  const answer = JSON.parse(ok(await target.http.request('GET', simple.path, simple.headers)).text);
  if (!answer.sub || !answer.name || !answer.email) throw new Error('claims are missing');
  return { simple };
}

/** The ratio to reach is ours ÷ peer, in requests (or rounds) a second. */
export const SCENARIOS = [
  { name: 'client_credentials ES256', goal: 3.5, prepare: clientCredentials('es256') },
  { name: 'client_credentials RS256', goal: 1.8, prepare: clientCredentials('rs256') },
  { name: 'client_credentials private_key_jwt', goal: 3, prepare: privateKeyJwt },
  { name: 'authorize + token', goal: 3.5, prepare: authorizeAndToken },
  { name: 'refresh', goal: 3, prepare: refresh },
  { name: 'introspection', goal: 3, prepare: introspection },
  { name: 'userinfo', goal: 2.5, prepare: userinfo },
  { name: 'discovery', goal: 2, prepare: document((target) => `${target.issuer}/.well-known/openid-configuration`) },
  { name: 'JWKS', goal: 1.5, prepare: document((target) => target.metadata.jwks_uri) },
];

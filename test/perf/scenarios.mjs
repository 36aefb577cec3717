// What is measured. A scenario prepares a target and gives one request, or a function that does one round for worker
// number n, or one for each thing in stock (proven-scenarios.mjs). A round that is answered in another way than it should throws.
import { CookieJar } from './browser.mjs';
import { devicePoll, dpopToken, dpopUserinfo, privateKeyJwt } from './proven-scenarios.mjs';
import { authorize, basic, ok, path, pushAndAuthorize, redeem, signedInBrowsers, token } from './requests.mjs';

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

/** A session and a consent exist; each round is one authorization request and the redemption of its code. */
const authorizeAndToken = (ask) => async (target) => {
  const jars = await signedInBrowsers(target);
  return {
    round: async (worker) => redeem(target, await ask(target, jars[worker], 'openid api.read', target.resources.es256)),
  };
};

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

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** A client has its user's token exchanged for another one that names it as the actor. */
async function tokenExchange(target) {
  const { access_token } = await redeem(
    target,
    await authorize(target, new CookieJar(), 'openid api.read', target.resources.es256),
  );
  const simple = {
    method: 'POST',
    path: path(target.metadata.token_endpoint),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(target.clients.web) },
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: access_token,
      subject_token_type: ACCESS_TOKEN,
      scope: 'api.read',
      resource: target.resources.es256,
    }).toString(),
  };
  const answer = JSON.parse(ok(await target.http.request('POST', simple.path, simple.headers, simple.body)).text);
  if (answer.issued_token_type !== ACCESS_TOKEN) throw new Error('the token was not exchanged');
  return { simple };
}

/** The ratio to reach is ours ÷ peer, in requests (or rounds) a second. */
export const SCENARIOS = [
  { name: 'client_credentials ES256', goal: 3.5, prepare: clientCredentials('es256') },
  { name: 'client_credentials RS256', goal: 1.8, prepare: clientCredentials('rs256') },
  { name: 'client_credentials private_key_jwt', goal: 3, prepare: privateKeyJwt },
  { name: 'client_credentials DPoP', goal: 3, prepare: dpopToken },
  { name: 'authorize + token', goal: 3.5, prepare: authorizeAndToken(authorize) },
  { name: 'PAR + authorize + token', goal: 3, prepare: authorizeAndToken(pushAndAuthorize) },
  { name: 'refresh', goal: 3, prepare: refresh },
  { name: 'token exchange', hasNoPeer: true, prepare: tokenExchange },
  { name: 'device poll', goal: 3, prepare: devicePoll },
  { name: 'introspection', goal: 3, prepare: introspection },
  { name: 'userinfo', goal: 2.5, prepare: userinfo },
  { name: 'userinfo DPoP', goal: 3, prepare: dpopUserinfo },
  { name: 'discovery', goal: 2, prepare: document((target) => `${target.issuer}/.well-known/openid-configuration`) },
  { name: 'JWKS', goal: 1.5, prepare: document((target) => target.metadata.jwks_uri) },
];

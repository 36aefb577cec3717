// The requests that scenarios are made of.
import { browse, CookieJar, pkce } from './browser.mjs';

export const basic = ({ client_id, client_secret }) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`).toString('base64')}`,
});

export function ok(answer, status = 200) {
  if (answer.status !== status) throw new Error(`${answer.status}: ${answer.text.slice(0, 300)}`);
  return answer;
}

export const path = (url) => new URL(url).pathname;

function parametersOf(target, challenge, scope, resource) {
  return {
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
  };
}

async function codeFor(target, jar, parameters) {
  const query = new URLSearchParams(parameters);
  const answer = await browse(target, jar, `${path(target.metadata.authorization_endpoint)}?${query}`);
  const code = answer.searchParams.get('code');
  if (!code) throw new Error(`no code: ${answer.href}`);
  return code;
}

export async function authorize(target, jar, scope, resource) {
  const { verifier, challenge } = pkce();
  return { code: await codeFor(target, jar, parametersOf(target, challenge, scope, resource)), verifier };
}

/** The same by reference: the parameters are pushed first. */
export async function pushAndAuthorize(target, jar, scope, resource) {
  const { verifier, challenge } = pkce();
  const at = path(target.metadata.pushed_authorization_request_endpoint);
  const pushed = await target.http.post(
    at,
    parametersOf(target, challenge, scope, resource),
    basic(target.clients.web),
  );
  const { request_uri } = JSON.parse(ok(pushed, 201).text);
  return { code: await codeFor(target, jar, { client_id: target.clients.web.client_id, request_uri }), verifier };
}

export async function token(target, form, headers = {}) {
  const all = { ...basic(target.clients.web), ...headers };
  return JSON.parse(ok(await target.http.post(path(target.metadata.token_endpoint), form, all)).text);
}

export const redeem = (target, { code, verifier }, headers) =>
  token(
    target,
    { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: target.redirectUri },
    headers,
  );

/** A browser for each worker, in which a session and a consent exist. */
export async function signedInBrowsers(target) {
  const jars = [];
  while (jars.length < target.concurrency) {
    const jar = new CookieJar();
    await authorize(target, jar, 'openid api.read', target.resources.es256);
    jars.push(jar);
  }
  return jars;
}

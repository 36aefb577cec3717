// Scenarios in which each request comes with something that is good once. It is made before the clock runs: `stock` makes
// one, and how many a second of measuring may use up at most; a measurement is over when they are.
import { CookieJar } from './browser.mjs';
import { assertion, dpopProof, privateKey } from './proofs.mjs';
import { authorize, basic, ok, path, redeem } from './requests.mjs';

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const SIGNED_A_SECOND = 5_000;
/** They come from the server itself, by a request each. */
const DEVICE_CODES_A_SECOND = 1_500;

const clientCredentials = (target) => ({
  grant_type: 'client_credentials',
  scope: 'api.read',
  resource: target.resources.es256,
});

/** One ES256 signature to verify, one `jti` to spend. */
export async function privateKeyJwt(target) {
  const key = privateKey(target.keys.private);
  const at = path(target.metadata.token_endpoint);
  const { client_id } = target.clients.signer;
  const form = clientCredentials(target);
  return {
    stock: { perSecond: SIGNED_A_SECOND, make: () => assertion(key, client_id, target.issuer) },
    round: async (signed) => ok(await target.http.post(at, { ...form, ...signed })),
  };
}

/** The same in a header, with the key that verifies it. */
export async function dpopToken(target) {
  const key = privateKey(target.keys.private);
  const url = target.metadata.token_endpoint;
  const form = clientCredentials(target);
  const headers = basic(target.clients.machine);
  const round = async (dpop) => ok(await target.http.post(path(url), form, { ...headers, dpop }));
  const make = () => dpopProof(key, target.keys.public, { method: 'POST', url });
  const { token_type } = JSON.parse((await round(make())).text);
  if (token_type !== 'DPoP') throw new Error('the token is not bound');
  return { stock: { perSecond: SIGNED_A_SECOND, make }, round };
}

export async function dpopUserinfo(target) {
  const key = privateKey(target.keys.private);
  const proof = (request) => dpopProof(key, target.keys.public, request);
  const code = await authorize(target, new CookieJar(), 'openid profile email');
  const dpop = proof({ method: 'POST', url: target.metadata.token_endpoint });
  const { access_token, token_type } = await redeem(target, code, { dpop });
  if (token_type !== 'DPoP') throw new Error('the token is not bound');
  const url = target.metadata.userinfo_endpoint;
  const authorization = `DPoP ${access_token}`;
  const round = async (dpop) => ok(await target.http.request('GET', path(url), { authorization, dpop }));
  const make = () => proof({ method: 'GET', url, token: access_token });
  const claims = JSON.parse((await round(make())).text);
  if (!claims.sub || !claims.name || !claims.email) throw new Error('claims are missing');
  return { stock: { perSecond: SIGNED_A_SECOND, make }, round };
}

/** Each code is asked for once, so that no poll is early; nobody has decided yet. We write down each poll, the peer reads. */
export async function devicePoll(target) {
  const { device_authorization_endpoint, token_endpoint } = target.metadata;
  const { client_id } = target.clients.device;
  const make = async () => {
    const answer = ok(await target.http.post(path(device_authorization_endpoint), { client_id, scope: 'openid' }));
    return JSON.parse(answer.text).device_code;
  };
  const round = async (device_code) => {
    const answer = await target.http.post(path(token_endpoint), { grant_type: DEVICE_CODE, client_id, device_code });
    const { error } = JSON.parse(ok(answer, 400).text);
    if (error !== 'authorization_pending') throw new Error(`a poll was answered with ${error}`);
  };
  return { stock: { perSecond: DEVICE_CODES_A_SECOND, make }, round };
}

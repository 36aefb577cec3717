// Signs a person in from the terminal, as any application would: authorization code with PKCE, by openid-client.
// usage: npm run demo:sign-in [-- <issuer> <client_id>]   (default: the demo tenant of a server on this machine)
import { createServer } from 'node:http';
import * as client from 'openid-client';

const [issuer = 'http://localhost:3000/t/demo', clientId = 'demo-native'] = process.argv.slice(2);
const insecure = issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : undefined;

/** Listens on a free port of the loopback address (RFC 8252 §7.3) until the browser comes back once. */
async function listenForAnswer() {
  let answered;
  const answer = new Promise((resolve) => (answered = resolve));
  const server = createServer((request, response) => {
    const url = new URL(request.url, `http://127.0.0.1:${server.address().port}`);
    if (url.pathname !== '/callback') return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' }).end('Done. Back to the terminal.\n');
    answered(url);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { redirectUri: `http://127.0.0.1:${server.address().port}/callback`, answer, close: () => server.close() };
}

const config = await client.discovery(new URL(issuer), clientId, undefined, client.None(), insecure);
const listener = await listenForAnswer();
const verifier = client.randomPKCECodeVerifier();
const state = client.randomState();
const url = client.buildAuthorizationUrl(config, {
  redirect_uri: listener.redirectUri,
  scope: 'openid profile email',
  state,
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});
console.log(`Open this address in a browser and sign in:\n\n  ${url.href}\n`);

const currentUrl = await listener.answer;
listener.close();
const tokens = await client.authorizationCodeGrant(config, currentUrl, {
  pkceCodeVerifier: verifier,
  expectedState: state,
});
const claims = tokens.claims();
console.log('ID token:', claims);
console.log('Userinfo:', await client.fetchUserInfo(config, tokens.access_token, claims.sub));

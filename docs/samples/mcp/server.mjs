// An MCP server over HTTP that is an OAuth protected resource: it says where its tokens come from (RFC 9728), refuses
// requests without one in a way that a client can follow (RFC 6750 §3), and takes the provider's JWTs (RFC 9068).
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const SCOPE = 'mcp.use';
const PROTOCOL_VERSION = '2025-11-25';
const METADATA_PATH = '/.well-known/oauth-protected-resource';
const MAX_BYTES = 64 * 1024;
const ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'];

const { values } = parseArgs({
  options: {
    issuer: { type: 'string', default: 'http://localhost:3000/t/demo' },
    port: { type: 'string', default: '4000' },
  },
});
const resource = `http://localhost:${values.port}/mcp`;
const metadataUrl = `http://localhost:${values.port}${METADATA_PATH}/mcp`;

const metadata = {
  resource,
  resource_name: 'Sample MCP server',
  authorization_servers: [values.issuer],
  scopes_supported: [SCOPE],
  bearer_methods_supported: ['header'],
};

const tools = [
  {
    name: 'whoami',
    description: 'Tells who the access token is of.',
    inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  },
];

/** What a JSON-RPC method answers; undefined for one that there is not. */
const methods = {
  initialize: () => ({
    protocolVersion: PROTOCOL_VERSION,
    capabilities: { tools: {} },
    serverInfo: { name: 'tokenidp-sample', version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': () => ({ tools }),
  'tools/call': ({ name }, claims) =>
    name === 'whoami'
      ? { content: [{ type: 'text', text: `user ${claims.sub} by ${claims.client_id}` }] }
      : { content: [{ type: 'text', text: 'There is no such tool.' }], isError: true },
};

/** RFC 8414 §3: the issuer's path goes behind the well-known one. */
async function keysOfIssuer() {
  const { origin, pathname } = new URL(values.issuer);
  const path = pathname === '/' ? '' : pathname;
  const answer = await fetch(`${origin}/.well-known/oauth-authorization-server${path}`);
  const server = await answer.json();
  if (server.issuer !== values.issuer) throw new Error(`${server.issuer} is not the issuer that was asked for`);
  return createRemoteJWKSet(new URL(server.jwks_uri));
}

let keys;

/** The claims of a good token; throws the challenge that says what is wrong. */
async function authenticate(request) {
  const [, token] = /^bearer +([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw challenge(401);
  // Asked for when it is needed first, so that either of the two may start first.
  keys ??= await keysOfIssuer();
  const expected = { issuer: values.issuer, audience: resource, typ: 'at+jwt', algorithms: ALGORITHMS };
  const { payload } = await jwtVerify(token, keys, expected).catch(() => {
    throw challenge(401, 'invalid_token');
  });
  if (!String(payload.scope).split(' ').includes(SCOPE)) throw challenge(403, 'insufficient_scope');
  return payload;
}

function challenge(status, error) {
  const parts = [`resource_metadata="${metadataUrl}"`, `scope="${SCOPE}"`];
  if (error) parts.unshift(`error="${error}"`);
  return { status, headers: { 'www-authenticate': `Bearer ${parts.join(', ')}` } };
}

async function readJson(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > MAX_BYTES) throw { status: 413 };
  }
  try {
    return JSON.parse(text);
  } catch {
    throw { status: 400 };
  }
}

async function call(request) {
  // A page in a browser has no business here; without this, DNS rebinding would give it some.
  if (request.headers.origin !== undefined) throw { status: 403 };
  if (request.method !== 'POST') throw { status: 405, headers: { allow: 'POST' } };
  const claims = await authenticate(request);
  const { id, method, params = {} } = (await readJson(request)) ?? {};
  if (id === undefined) return { status: 202 };
  const answer = Object.hasOwn(methods, method) ? methods[method](params, claims) : undefined;
  const error = { code: -32601, message: 'There is no such method.' };
  return { status: 200, body: { jsonrpc: '2.0', id, ...(answer ? { result: answer } : { error }) } };
}

async function answer(request) {
  const { pathname } = new URL(request.url, resource);
  if (pathname === `${METADATA_PATH}/mcp`) return { status: 200, body: metadata };
  return pathname === '/mcp' ? call(request) : { status: 404 };
}

createServer((request, response) => {
  answer(request)
    .catch((refusal) => (refusal.status ? refusal : { status: 500 }))
    .then(({ status, headers, body }) => {
      const content = body === undefined ? {} : { 'content-type': 'application/json' };
      response.writeHead(status, { ...content, ...headers }).end(body === undefined ? undefined : JSON.stringify(body));
    });
}).listen(Number(values.port), 'localhost', () =>
  console.log(`MCP server at ${resource}, tokens from ${values.issuer}`),
);

// The peer: npm's oidc-provider, set to do the same work as the server it is compared with.
// argv: port, database URL, JSON of { clients, resources }. Prints "ready" when it listens.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';
import { createAdapter } from './adapter.mjs';

const [port, databaseUrl, settings] = process.argv.slice(2);
const { clients, resources, subject } = JSON.parse(settings);
const issuer = `http://localhost:${port}`;
const { Adapter, prepare } = createAdapter(databaseUrl);
await prepare();

const jwk = (type, options, alg) => ({
  ...generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }),
  alg,
  use: 'sig',
});

const provider = new Provider(issuer, {
  adapter: Adapter,
  clients,
  jwks: { keys: [jwk('ec', { namedCurve: 'P-256' }, 'ES256'), jwk('rsa', { modulusLength: 2048 }, 'RS256')] },
  cookies: { keys: ['a key that signs cookies in a benchmark'] },
  scopes: ['openid', 'offline_access', 'profile', 'email'],
  claims: { openid: ['sub'], profile: ['name', 'given_name', 'family_name'], email: ['email', 'email_verified'] },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      name: 'Ada Bench',
      given_name: 'Ada',
      family_name: 'Bench',
      email: 'ada@example.com',
      email_verified: true,
    }),
  }),
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  enabledJWA: { idTokenSigningAlgValues: ['ES256', 'RS256'] },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    dPoP: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: (_ctx, identifier) => {
        const { scope, format, alg } = resources[identifier];
        return { scope, accessTokenFormat: format, accessTokenTTL: 300, ...(alg ? { jwt: { sign: { alg } } } : {}) };
      },
    },
  },
});

/** The sign-in page's part: signs the one user in and grants what was asked, once; later requests find session and grant. */
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  const { params, prompt } = await provider.interactionDetails(ctx.req, ctx.res);
  if (prompt.name === 'login') {
    return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: subject } });
  }
  const grant = new provider.Grant({ accountId: subject, clientId: params.client_id });
  grant.addOIDCScope('openid offline_access profile email');
  for (const [identifier, { scope }] of Object.entries(resources)) grant.addResourceScope(identifier, scope);
  const grantId = await grant.save();
  return provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId } }, { mergeWithLastSubmission: true });
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));

// Makes what the load needs in our server, through its own services.
// argv: JSON { environment, redirectUri, resources, user, jwk, slug?, administered? }; `administered` names tenants by slug.
// Prints one JSON line: { issuer, clients, administrators: { <slug>: { issuer, client_id, client_secret } } }.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { createIdp } = require('../../apps/idp/dist/bootstrap.js');
const { readEnvironment } = require('../../apps/idp/dist/config/env.js');
const { ADMIN_SCOPE, adminApiIdentifier, ClientsService, ResourcesService } = require('@tokenidp/clients');
const { TenantsService } = require('@tokenidp/tenancy');
const { RolesService, UsersService } = require('@tokenidp/users');

const settings = JSON.parse(process.argv[2]);
const { environment, redirectUri, resources, user, jwk, slug = 'bench', administered = [] } = settings;
const application = await createIdp(readEnvironment(environment), { logger: false });
const tenants = application.get(TenantsService);
await tenants.createSystemTenant();
const tenant = await tenants.create({ slug, name: 'Bench' });

const scopes = ['api.read'];
const clients = application.get(ClientsService);
const web = await clients.create(tenant, {
  client_id: 'bench-web',
  client_name: 'Bench',
  type: 'web',
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange'],
  token_endpoint_auth_method: 'client_secret_basic',
  id_token_signed_response_alg: 'ES256',
  consent: 'implicit',
  refresh: { rotate: true, always: false },
});
const machine = await clients.create(tenant, { client_id: 'bench-machine', client_name: 'Bench', type: 'machine' });
const signer = await clients.create(tenant, {
  client_id: 'bench-signer',
  client_name: 'Bench',
  type: 'machine',
  token_endpoint_auth_method: 'private_key_jwt',
  jwks: { keys: [{ ...jwk, use: 'sig', alg: 'ES256' }] },
});
await clients.create(tenant, { client_id: 'bench-device', client_name: 'Bench', type: 'device' });
for (const { identifier, format, alg } of Object.values(resources)) {
  const resource = await application.get(ResourcesService).create(tenant, {
    identifier,
    name: identifier,
    tokenFormat: format,
    algorithm: alg ?? 'ES256',
    scopes: [{ name: 'api.read', displayName: 'Read', description: 'Read.' }],
  });
  await clients.assign(tenant, web.client.id, resource.id, { userScopes: scopes, clientScopes: [] });
  for (const { client } of [machine, signer]) {
    await clients.assign(tenant, client.id, resource.id, { userScopes: [], clientScopes: scopes });
  }
}
await application.get(UsersService).create(tenant, {
  ...user,
  email: 'ada@example.com',
  emailVerified: true,
  claims: { name: 'Ada Bench', given_name: 'Ada', family_name: 'Bench' },
});

/** A machine that may do everything in a tenant. */
async function administratorOf(name) {
  const home = await tenants.findBySlug(name);
  const made = await clients.create(home, { client_id: 'bench-admin', client_name: 'Bench', type: 'machine' });
  const api = await application.get(ResourcesService).findByIdentifier(home.id, adminApiIdentifier(home));
  await clients.assign(home, made.client.id, api.id, { userScopes: [], clientScopes: [ADMIN_SCOPE] });
  await application.get(RolesService).assign(home, { type: 'client', id: made.client.id }, 'owner');
  return { issuer: home.issuer, client_id: 'bench-admin', client_secret: made.secret };
}
const administrators = {};
for (const name of administered) administrators[name] = await administratorOf(name);

await application.close();
console.log(
  JSON.stringify({
    issuer: tenant.issuer,
    clients: {
      web: { client_id: 'bench-web', client_secret: web.secret },
      machine: { client_id: 'bench-machine', client_secret: machine.secret },
      signer: { client_id: 'bench-signer' },
      device: { client_id: 'bench-device' },
    },
    administrators,
  }),
);
process.exit(0);

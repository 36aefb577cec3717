// What administrators have made in every tenant.
import { CLIENTS, NOUNS, json, oneOf, sha } from './numbers.mjs';

export const LAST_NAMES = `'{Abara,Almeida,Andersson,Bauer,Becker,Bianchi,Costa,Dubois,Eriksen,Ferrari,Fischer,Garcia,Haddad,Hansen,Ito,
Jansen,Kaya,Keller,Khan,Kowalski,Larsen,Lopez,Marino,Martin,Meyer,Moreau,Nakamura,Nguyen,Novak,Okafor,Okonkwo,Oliveira,Patel,
Peeters,Petrov,Rossi,Sato,Schmidt,Silva,Smith,Suzuki,Tanaka,Virtanen,Wagner,Weber,Wilson,Wong,Yamamoto,Zhang,Ziegler}'::text[]`;

/** Each row belongs to the tenant of its own number, or of its `owner`. */
export function configuration({ idOf, clientId, noun, soon, owned }) {
  return [
    {
      ...owned('client', CLIENTS, {
        clientId: `'app-' || n`,
        type: oneOf(`'{web,spa,machine,native,device}'::text[]`, 'n / 10'),
        name: `${oneOf(LAST_NAMES, 'n / 10')} || ' ' || ${oneOf(`'{Portal,Orders,Billing,Mobile,Reports}'::text[]`, 'n / 10')} || ' ' || n`,
        status: `CASE WHEN n / 10 % 20 = 3 THEN 'disabled' ELSE 'active' END`,
        origin: `CASE WHEN n / 10 % 10 = 4 THEN 'registered' ELSE 'admin' END`,
        securityProfile: `CASE WHEN n / 10 % 8 = 5 THEN 'fapi2-security' ELSE 'baseline' END`,
        metadata: json(`('{"client_id": "app-' || n || '", "client_name": "Application ' || n || '", "redirect_uris": '
        || '["https://app-' || n || '.example/callback"], "grant_types": ["authorization_code", "refresh_token"], '
        || '"response_types": ["code"], "token_endpoint_auth_method": "'
        || ${oneOf(`'{client_secret_basic,none,private_key_jwt}'::text[]`, 'n / 10')} || '", "scope": "openid profile"}')`),
        createdAt: 'at',
        updatedAt: 'at',
        lastUsedAt: `CASE WHEN n / 10 % 3 > 0 THEN at + interval '1 day' END`,
      }),
      self: true,
    },
    {
      ...owned('client_secret', CLIENTS * 2, {
        clientId: clientId(`n / 20 * 10 + n % 10`),
        name: `'Secret ' || n`,
        prefix: `'idp_' || left(${sha('n')}, 6)`,
        hash: sha(`n`),
        createdAt: 'at',
        expiresAt: `CASE WHEN n / 20 % 4 = 0 THEN ${soon} END`,
        revokedAt: `CASE WHEN n / 10 % 2 = 0 THEN at + interval '1 day' END`,
      }),
      owner: 'n / 20 * 10 + n % 10',
      self: true,
    },
    {
      ...owned('resource', NOUNS, {
        identifier: `'https://api-' || n || '.example/'`,
        name: `'API ' || ${oneOf(LAST_NAMES, 'n / 10')} || ' ' || n`,
        tokenFormat: `CASE WHEN n / 10 % 5 = 0 THEN 'opaque' ELSE 'jwt' END`,
        algorithm: `'ES256'`,
        includePermissions: 'true',
        includeRoles: 'false',
        builtIn: 'false',
        createdAt: 'at',
        updatedAt: 'at',
      }),
      self: true,
    },
    {
      ...owned('scope', NOUNS * 10, {
        resourceId: idOf('resource', NOUNS)('n / 100 * 10 + n % 10'),
        name: `'scope.' || n`,
        displayName: `'Scope ' || n`,
        description: `'What scope number ' || n || ' is for.'`,
        sensitive: 'n / 10 % 10 = 0',
      }),
      owner: 'n / 100 * 10 + n % 10',
      self: true,
    },
    {
      ...owned('client_resource', CLIENTS, {
        clientId: clientId('n'),
        resourceId: noun('resource'),
        userScopes: json(`'["scope.1"]'`),
        clientScopes: json(`'[]'`),
      }),
      self: true,
    },
    {
      ...owned('permission', NOUNS * 5, {
        resourceId: idOf('resource', NOUNS)('n / 50 * 10 + n % 10'),
        key: `'things.' || n`,
        description: `'May do thing ' || n`,
        builtIn: 'false',
        createdAt: 'at',
      }),
      owner: 'n / 50 * 10 + n % 10',
      self: true,
    },
    {
      ...owned('role', NOUNS, {
        name: `'role-' || n`,
        displayName: `'Role ' || n`,
        description: `'Role number ' || n`,
        builtIn: 'false',
        createdAt: 'at',
        updatedAt: 'at',
      }),
      self: true,
    },
    {
      ...owned('trusted_issuer', NOUNS, {
        issuer: `'https://issuer-' || n || '.example'`,
        jwksUri: `'https://issuer-' || n || '.example/jwks'`,
        algorithms: json(`'["ES256"]'`),
        subject: oneOf(`'{id,username,email,client}'::text[]`, 'n / 10'),
        scopes: json(`'["openid"]'`),
        audiences: json(`'[]'`),
        enabled: 'n / 10 % 4 > 0',
        createdAt: 'at',
        updatedAt: 'at',
      }),
      self: true,
    },
    {
      ...owned('initial_access_token', NOUNS, {
        hash: sha('n'),
        name: `'Token ' || n`,
        usesLeft: '5',
        policy: json(`'{}'`),
        createdAt: 'at',
        expiresAt: soon,
      }),
      self: true,
    },
    {
      ...owned('webhook', NOUNS, {
        name: `'Receiver ' || n`,
        url: `'https://hooks-' || n || '.example/'`,
        events: json(`'["key.revoked"]'`),
        status: `'disabled'`,
        secret: `'none'`,
        listeningSince: 'now()',
        failures: '0',
        createdAt: 'at',
        updatedAt: 'at',
      }),
      self: true,
    },
    {
      table: 'client_role',
      count: CLIENTS,
      self: true,
      expressions: {
        clientId: clientId('n'),
        roleId: idOf('role', NOUNS)(`pg_temp.noun_of(u, 0, ${NOUNS})`),
        createdAt: 'at',
      },
    },
  ];
}

// What the full database holds, as SQL expressions of a row's number. Every table is one INSERT … SELECT over
// generate_series in the server: as quick as COPY, which would send the same rows through a pipe, and needs no driver for it.
//
// Row n belongs to user u, and with them to a tenant: a tenth each to number 1 and number 1,000, the rest to all others.

export const TENANTS = 1_000;
const OTHERS = TENANTS - 2;
export const CLIENTS = 5_000;
const NOUNS = 2_000;
/** Apart from all others a row number says its instant, so that ids (UUIDv7) can be told from numbers alone. */
const DAYS = 60;

const FIRST_NAMES = `'{Ada,Amir,Anna,Bruno,Carla,Chen,Dario,Elena,Emeka,Fatima,Felix,Grace,Hana,Hugo,Ines,Ivan,Jonas,Julia,
Kenji,Lara,Leon,Lucia,Marco,Maria,Marta,Mei,Nadia,Nils,Noor,Olga,Omar,Paula,Pedro,Priya,Rosa,Samir,Sofia,Tariq,Yuki,Zoe}'::text[]`;
const LAST_NAMES = `'{Abara,Almeida,Andersson,Bauer,Becker,Bianchi,Costa,Dubois,Eriksen,Ferrari,Fischer,Garcia,Haddad,Hansen,Ito,
Jansen,Kaya,Keller,Khan,Kowalski,Larsen,Lopez,Marino,Martin,Meyer,Moreau,Nakamura,Nguyen,Novak,Okafor,Okonkwo,Oliveira,Patel,
Peeters,Petrov,Rossi,Sato,Schmidt,Silva,Smith,Suzuki,Tanaka,Virtanen,Wagner,Weber,Wilson,Wong,Yamamoto,Zhang,Ziegler}'::text[]`;
const DOMAINS = `'{mail.example,post.example,contoso.example,fabrikam.example,northwind.example,tailspin.example}'::text[]`;
const AGENTS = `'{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0 Safari/537.36",
"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1",
"Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"}'::text[]`;
/** Of a hundred events. */
const EVENTS = `(array_fill('token.issued'::text, '{40}') || array_fill('sign-in.succeeded'::text, '{25}')
|| array_fill('authorization.granted'::text, '{15}') || array_fill('factor.validated'::text, '{6}')
|| array_fill('sign-out.succeeded'::text, '{5}') || array_fill('sign-in.failed'::text, '{4}')
|| '{user.changed,consent.granted,client.changed,token.revoked,password.changed}'::text[])`;

const oneOf = (array, number) => `(${array})[1 + (${number}) % array_length(${array}, 1)]`;
const sha = (text) => `encode(sha256((${text})::text::bytea), 'hex')`;
const uuid = (kind, number, at) => `pg_temp.row_id(${kind}, ${number}, ${at})`;
const json = (text) => `${text}::jsonb`;
const KINDS = ['client', 'user', 'session', 'authorization', 'resource', 'role', 'webhook', 'device_authorization'];
const kindOf = (table) => KINDS.indexOf(table) + 1 || 100;

/** Functions of the seeding session: which number's user, client or tenant is meant, and when and as what it was made. */
export const functionsOf = ({ users, start }) => {
  const other = (total) =>
    `((u / 10 * 8 + u % 10 - 2) % ${OTHERS} + ${OTHERS} * (n / 10 % (${total} * 8 / 10 / ${OTHERS})))`;
  const make = (signature, type, body) =>
    `CREATE FUNCTION pg_temp.${signature} RETURNS ${type} LANGUAGE sql STABLE AS $$ SELECT ${body} $$;`;
  return [
    make(
      'tenant_of(u bigint)',
      'int',
      `(CASE u % 10 WHEN 0 THEN 1 WHEN 1 THEN ${TENANTS}
      ELSE 2 + (u / 10 * 8 + u % 10 - 2) % ${OTHERS} END)::int`,
    ),
    make('user_of(n bigint)', 'bigint', `n / 10 * 7919 % ${users / 10} * 10 + n % 10`),
    make(
      'noun_of(u bigint, n bigint, total bigint)',
      'bigint',
      `CASE WHEN u % 10 < 2 THEN n / 10 % (total / 10) * 10 + u % 10
      ELSE ${other('total')} / 8 * 10 + ${other('total')} % 8 + 2 END`,
    ),
    make(
      'made_at(n bigint, total bigint)',
      'timestamptz',
      `to_timestamp(${start - DAYS * 86_400} + floor(n::float8 * ${DAYS * 86_400_000} / total) / 1000)`,
    ),
    make(
      'row_id(kind int, n bigint, at timestamptz)',
      'uuid',
      `(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0')
      || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid`,
    ),
  ].join('\n');
};

/** The tables in the order in which they refer to each other; `count` rows each, of `expressions` over n, u, c, at. */
export function tablesOf({ users, audit }) {
  const [sessions, grants, some] = [users * 0.3, users * 0.5, users * 0.2];
  const at = (total) => (number) => `pg_temp.made_at(${number}, ${total})`;
  const idOf = (table, total) => (number) => uuid(kindOf(table), number, at(total)(number));
  const userId = idOf('user', users);
  const clientId = idOf('client', CLIENTS);
  const sessionId = idOf('session', sessions);
  const authorizationId = idOf('authorization', grants);
  const noun = (table, number = 'n') => idOf(table, NOUNS)(`pg_temp.noun_of(u, ${number}, ${NOUNS})`);
  const c = `pg_temp.noun_of(u, n / 7, ${CLIENTS})`;
  const ip = `'10.' || u % 200 || '.' || n / 10 % 50 || '.' || u / 10 % 20`;
  const scope = `'openid profile email offline_access'`;
  const name = `${oneOf(FIRST_NAMES, 'u / 10 * 31 + u % 10')} || ' ' || ${oneOf(LAST_NAMES, 'u / 10 * 17 + u % 10')}`;
  const login = `lower(replace(${name}, ' ', '.')) || u`;
  const email = `${login} || '@' || ${oneOf(DOMAINS, 'u / 10')}`;
  const soon = `now() + interval '20 days' + n % 86400 * interval '1 second'`;
  const owned = (table, count, expressions) => ({ table, count, expressions, id: idOf(table, count)('n') });
  const perUser = (table, count, expressions) => owned(table, count, expressions);
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
      ...owned('user', users, {
        username: login,
        usernameNormal: login,
        email,
        emailNormal: email,
        emailVerified: 'n / 10 % 5 > 0',
        phoneNumberVerified: 'false',
        status: `CASE WHEN n / 10 % 1000 = 7 THEN 'locked' WHEN n / 10 % 40 = 5 THEN 'disabled' WHEN n / 10 % 25 = 3 THEN 'invited' ELSE 'active' END`,
        locale: oneOf(`'{en,de,fr,pt-BR,ja}'::text[]`, 'n / 10'),
        claims: `jsonb_build_object('name', ${name}, 'given_name', split_part(${name}, ' ', 1), 'family_name', split_part(${name}, ' ', 2))`,
        attributes: `jsonb_build_object('department', 'D' || n / 10 % 30)`,
        lastSignInAt: `CASE WHEN n / 10 % 4 > 0 THEN at + (now() - at) * ((n / 10 * 7 % 100) / 100.0) END`,
        createdAt: 'at',
        updatedAt: 'at',
      }),
      self: true,
    },
    {
      ...owned('credential', users, {
        userId: userId('n'),
        type: `'password'`,
        failures: '0',
        createdAt: 'at',
        updatedAt: 'at',
        secret: `'$argon2id$v=19$m=19456,t=2,p=1$' || left(${sha('n')}, 22) || '$' || left(${sha('n + 1')}, 43)`,
      }),
      self: true,
    },
    {
      table: 'user_role',
      count: some,
      expressions: {
        userId: userId('u'),
        createdAt: 'at',
        roleId: idOf(
          'role',
          NOUNS,
        )(`CASE WHEN n / 10 % 2 = 0 THEN pg_temp.noun_of(u, 0, ${NOUNS}) ELSE pg_temp.noun_of(u, n / 2, ${NOUNS}) END`),
      },
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
    perUser('session', sessions, {
      hash: sha('n'),
      userId: userId('u'),
      authTime: 'at',
      acr: `'urn:tokenidp:acr:1'`,
      amr: json(`'["pwd"]'`),
      ip,
      userAgent: oneOf(AGENTS, 'n / 10'),
      createdAt: 'at',
      lastSeenAt: 'at',
      idleExpiresAt: soon,
      absoluteExpiresAt: soon,
      endedAt: `CASE WHEN n / 10 % 3 = 0 THEN at + interval '1 hour' END`,
    }),
    {
      table: 'session_client',
      count: sessions,
      expressions: { sessionId: sessionId('n'), clientId: clientId(c), createdAt: 'at' },
    },
    perUser('authorization', grants, {
      clientId: clientId(c),
      userId: userId('u'),
      sessionId: `CASE WHEN n < ${sessions} THEN ${sessionId('n')} END`,
      scope,
      resources: json(`'[]'`),
      authTime: 'at',
      acr: `'urn:tokenidp:acr:1'`,
      amr: json(`'["pwd"]'`),
      createdAt: 'at',
      revokedAt: `CASE WHEN n / 10 % 20 = 3 THEN at + interval '1 hour' END`,
      revokeReason: `CASE WHEN n / 10 % 20 = 3 THEN 'user' END`,
    }),
    perUser('consent', grants, {
      userId: userId('u'),
      clientId: clientId(c),
      scope,
      resources: json(`'{}'`),
      createdAt: 'at',
      updatedAt: 'at',
    }),
    // A family has on the average one token before the one that is good; it is the older of the two.
    {
      ...owned('refresh_token', grants * 2, {
        hash: sha('n'),
        authorizationId: authorizationId('n / 20 * 10 + n % 10'),
        scope,
        createdAt: 'at',
        idleExpiresAt: soon,
        absoluteExpiresAt: soon,
        rotatedAt: `CASE WHEN n / 10 % 2 = 0 THEN at + interval '1 minute' END`,
      }),
      owner: 'pg_temp.user_of(n / 20 * 10 + n % 10)',
    },
    perUser('access_token', some, {
      hash: sha('n'),
      authorizationId: authorizationId('n'),
      clientId: clientId(c),
      userId: userId('u'),
      scope,
      audience: json(`'["https://api.example/"]'`),
      claims: json(`'{"sub": "somebody"}'`),
      createdAt: 'at',
      expiresAt: soon,
      revokedAt: `CASE WHEN n / 10 % 10 = 0 THEN at + interval '1 minute' END`,
    }),
    perUser('device_authorization', some / 2, {
      clientId: clientId(c),
      deviceCodeHash: sha('n'),
      userCodeHash: sha('-n'),
      parameters: json(`'{"scope": "openid"}'`),
      ip,
      intervalSeconds: '5',
      createdAt: 'at',
      expiresAt: soon,
    }),
    perUser('backchannel_request', some / 2, {
      clientId: clientId(c),
      userId: userId('u'),
      authReqIdHash: sha('n'),
      parameters: json(`'{"scope": "openid"}'`),
      bindingMessage: `'W4SCT-' || n`,
      intervalSeconds: '5',
      createdAt: 'at',
      expiresAt: soon,
    }),
    {
      ...owned('failed_request', some, {
        occurredAt: `now() - interval '6 days' + n * (interval '6 days' / ${some})`,
        endpoint: oneOf(`'{token,authorize,introspection,userinfo}'::text[]`, 'n / 10 + n / 70'),
        error: oneOf(`'{invalid_grant,invalid_client,invalid_request,invalid_scope}'::text[]`, 'n / 10 + n / 30'),
        description: `'The request was refused.'`,
        status: '400',
        cause: oneOf(`'{code-redeemed,secret-unknown,redirect-uri-unknown}'::text[]`, 'n / 10'),
        explanation: `'What was sent is not what is registered, at attempt ' || n`,
        clientId: clientId(c),
        sentClientId: `'app-' || ${c}`,
        sent: json(`'{"grant_type": "authorization_code"}'`),
        registered: json(`'{"redirect_uris": ["https://app.example/callback"]}'`),
        omitted: '0',
        ip,
        userAgent: oneOf(AGENTS, 'n / 10'),
      }),
    },
    {
      ...owned('webhook_delivery', grants, {
        webhookId: idOf(
          'webhook',
          NOUNS,
        )(
          `CASE WHEN n / 10 % 2 = 0 THEN pg_temp.noun_of(u, 0, ${NOUNS}) ELSE ${`pg_temp.noun_of(u, n / 2, ${NOUNS})`} END`,
        ),
        messageId: `'msg_' || n`,
        event: oneOf(`'{user.created,user.changed,client.changed}'::text[]`, 'n / 20'),
        payload: json(
          `'{"type": "user.created", "data": {"id": "01990000-0000-7000-8000-000000000000", "status": "active"}}'`,
        ),
        attempt: '1',
        outcome: `CASE WHEN n / 20 % 50 = 0 THEN 'failed' ELSE 'succeeded' END`,
        statusCode: '200',
        durationMilliseconds: 'n % 300',
        createdAt: `now() - interval '6 days' + n * (interval '6 days' / ${grants})`,
      }),
    },
    {
      ...owned('audit_event', audit, {
        occurredAt: 'at',
        event: oneOf(EVENTS, 'n / 10 * 37 + n / 100000 * 7'),
        result: `CASE WHEN (n / 10 * 37 + n / 100000 * 7) % 100 BETWEEN 91 AND 94 THEN 'failure' ELSE 'success' END`,
        actorType: `CASE WHEN (n / 10 * 37 + n / 100000 * 7) % 100 < 8 THEN 'client' WHEN n / 10 % 5000 = 9 THEN 'system' ELSE 'user' END`,
        actorId: `CASE WHEN (n / 10 * 37 + n / 100000 * 7) % 100 < 8 THEN ${clientId(c)} ELSE ${userId('u')} END`,
        targetType: `CASE WHEN (n / 10 * 37 + n / 100000 * 7) % 100 < 40 THEN 'authorization' WHEN (n / 10 * 37 + n / 100000 * 7) % 100 < 80 THEN 'session' ELSE 'user' END`,
        targetId: `CASE WHEN (n / 10 * 37 + n / 100000 * 7) % 100 < 40 THEN ${authorizationId(`n % ${grants}`)} ELSE ${userId('u')} END`,
        clientId: `CASE WHEN (n / 10 * 37 + n / 100000 * 7) % 100 < 80 THEN ${clientId(c)} END`,
        occurrences: '1',
        detail: json(`'{"grantType": "authorization_code", "scope": "openid profile email"}'`),
        requestId: uuid(101, 'n', 'at'),
        ip,
        userAgent: oneOf(AGENTS, 'n / 10'),
      }),
    },
  ];
}

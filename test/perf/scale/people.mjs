// Users, and what they were given.
import { AGENTS, NOUNS, json, oneOf, sha } from './numbers.mjs';

import { LAST_NAMES } from './configuration.mjs';

const FIRST_NAMES = `'{Ada,Amir,Anna,Bruno,Carla,Chen,Dario,Elena,Emeka,Fatima,Felix,Grace,Hana,Hugo,Ines,Ivan,Jonas,Julia,
Kenji,Lara,Leon,Lucia,Marco,Maria,Marta,Mei,Nadia,Nils,Noor,Olga,Omar,Paula,Pedro,Priya,Rosa,Samir,Sofia,Tariq,Yuki,Zoe}'::text[]`;
const DOMAINS = `'{mail.example,post.example,contoso.example,fabrikam.example,northwind.example,tailspin.example}'::text[]`;

/** A row belongs to the tenant of its user. */
export function people({
  users,
  sessions,
  grants,
  some,
  idOf,
  userId,
  clientId,
  sessionId,
  authorizationId,
  c,
  ip,
  soon,
  owned,
}) {
  const scope = `'openid profile email offline_access'`;
  const name = `${oneOf(FIRST_NAMES, 'u / 10 * 31 + u % 10')} || ' ' || ${oneOf(LAST_NAMES, 'u / 10 * 17 + u % 10')}`;
  const login = `lower(replace(${name}, ' ', '.')) || u`;
  const email = `${login} || '@' || ${oneOf(DOMAINS, 'u / 10')}`;
  return [
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
    owned('session', sessions, {
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
    owned('authorization', grants, {
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
    owned('consent', grants, {
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
    owned('access_token', some, {
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
  ];
}

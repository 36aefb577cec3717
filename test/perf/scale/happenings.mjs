// What happened: events, requests, deliveries.
import { AGENTS, NOUNS, json, oneOf, sha, uuid } from './numbers.mjs';

/** Of a hundred events. */
const EVENTS = `(array_fill('token.issued'::text, '{40}') || array_fill('sign-in.succeeded'::text, '{25}')
|| array_fill('authorization.granted'::text, '{15}') || array_fill('factor.validated'::text, '{6}')
|| array_fill('sign-out.succeeded'::text, '{5}') || array_fill('sign-in.failed'::text, '{4}')
|| '{user.changed,consent.granted,client.changed,token.revoked,password.changed}'::text[])`;

/** A row belongs to the tenant of its user. */
export function happenings({ audit, grants, some, idOf, userId, clientId, authorizationId, c, ip, soon, owned }) {
  return [
    owned('device_authorization', some / 2, {
      clientId: clientId(c),
      deviceCodeHash: sha('n'),
      userCodeHash: sha('-n'),
      parameters: json(`'{"scope": "openid"}'`),
      ip,
      intervalSeconds: '5',
      createdAt: 'at',
      expiresAt: soon,
    }),
    owned('backchannel_request', some / 2, {
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
        )(`CASE WHEN n / 10 % 2 = 0 THEN pg_temp.noun_of(u, 0, ${NOUNS}) ELSE pg_temp.noun_of(u, n / 2, ${NOUNS}) END`),
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

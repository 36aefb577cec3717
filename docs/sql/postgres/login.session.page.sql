-- login.session.page
-- $1 tenantId: id
-- $2 id: id
-- $3 userId: id
-- $4 clientId: id
-- $5 ip: text
-- $6 createdFrom: instant
-- $7 createdTo: instant
-- $8 liveAt: instant
-- $9 overAt: instant
-- $10 afterValue: instant
-- $11 afterId: id
-- $12 take: integer
SELECT t."id", t."userId", u."username", t."authTime", t."acr", t."amr", t."ip", t."userAgent", t."createdAt",
  t."lastSeenAt", t."idleExpiresAt", t."absoluteExpiresAt", t."endedAt", t."createdAt" AS "sortValue", t."id" AS "sortId"
FROM "session" t JOIN "user" u ON u."tenantId" = t."tenantId" AND u."id" = t."userId"
WHERE t."tenantId" = $1::uuid
  AND (t."id" = $2::uuid)
  AND (t."userId" = $3::uuid)
  AND (EXISTS (SELECT 1 FROM "session_client" j
      WHERE j."tenantId" = $1::uuid AND j."sessionId" = t."id" AND j."clientId" = $4::uuid))
  AND (t."ip" = $5::text)
  AND (t."createdAt" >= $6::timestamptz)
  AND (t."createdAt" <= $7::timestamptz)
  AND (t."endedAt" IS NULL AND t."idleExpiresAt" > $8::timestamptz AND t."absoluteExpiresAt" > $8::timestamptz)
  AND (t."endedAt" IS NOT NULL OR t."idleExpiresAt" <= $9::timestamptz OR t."absoluteExpiresAt" <= $9::timestamptz)
  AND (t."createdAt", t."id") > ($10::timestamptz, $11::uuid)
ORDER BY t."createdAt" ASC, t."id" ASC
LIMIT $12::integer

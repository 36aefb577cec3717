-- login.session.end-expired
-- $1 now: instant
-- $2 batch: integer
WITH due AS (
    SELECT x."tenantId", x."id" FROM "session" x WHERE x."endedAt" IS NULL AND x."idleExpiresAt" <= $1::timestamptz
    ORDER BY x."idleExpiresAt" LIMIT $2::integer FOR UPDATE SKIP LOCKED),
  ended AS (
    UPDATE "session" s SET "endedAt" = $1::timestamptz FROM due
    WHERE s."tenantId" = due."tenantId" AND s."id" = due."id" AND s."endedAt" IS NULL
    RETURNING s."tenantId", s."id", s."userId")

SELECT e."tenantId", e."id" AS "sid", e."userId", c."clientId" AS "client_id",
  CASE WHEN c."metadata"->>'backchannel_logout_uri' IS NULL THEN 0 ELSE 1 END AS "isBackchannel"
FROM ended e
LEFT JOIN "session_client" j ON j."tenantId" = e."tenantId" AND j."sessionId" = e."id"
LEFT JOIN "client" c ON c."tenantId" = j."tenantId" AND c."id" = j."clientId"
ORDER BY e."id", c."clientId"

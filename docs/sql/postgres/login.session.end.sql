-- login.session.end
-- $1 now: instant
-- $2 tenantId: id
-- $3 id: id
WITH ended AS (
    UPDATE "session" SET "endedAt" = $1::timestamptz
    WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "endedAt" IS NULL
    RETURNING "tenantId", "id", "userId")

SELECT e."tenantId", e."id" AS "sid", e."userId", c."clientId" AS "client_id",
  CASE WHEN c."metadata"->>'backchannel_logout_uri' IS NULL THEN 0 ELSE 1 END AS "isBackchannel"
FROM ended e
LEFT JOIN "session_client" j ON j."tenantId" = e."tenantId" AND j."sessionId" = e."id"
LEFT JOIN "client" c ON c."tenantId" = j."tenantId" AND c."id" = j."clientId"
ORDER BY e."id", c."clientId"

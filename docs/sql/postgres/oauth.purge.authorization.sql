-- oauth.purge.authorization
-- $1 after: instant
-- $2 until: instant
DELETE FROM "authorization" WHERE ("tenantId", "id") IN (
  SELECT x."tenantId", x."id" FROM "authorization" x
  WHERE x."createdAt" > $1::timestamptz AND x."createdAt" <= $2::timestamptz AND
NOT EXISTS (SELECT 1 FROM "refresh_token" r WHERE r."tenantId" = x."tenantId" AND r."authorizationId" = x."id")
AND NOT EXISTS (SELECT 1 FROM "access_token" t WHERE t."tenantId" = x."tenantId" AND t."authorizationId" = x."id") FOR UPDATE SKIP LOCKED)

-- oauth.purge.authorization
-- @p0 after: instant
-- @p1 until: instant
DELETE x FROM "authorization" x WITH (READPAST)
WHERE x."createdAt" > @p0 AND x."createdAt" <= @p1 AND
NOT EXISTS (SELECT 1 FROM "refresh_token" r WHERE r."tenantId" = x."tenantId" AND r."authorizationId" = x."id")
AND NOT EXISTS (SELECT 1 FROM "access_token" t WHERE t."tenantId" = x."tenantId" AND t."authorizationId" = x."id")

-- clients.secret.expiring
-- @p0 tenantId: id
-- @p1 now: instant
-- @p2 until: instant
-- @p3 take: integer
SELECT s."id", s."name", s."expiresAt", c."name" AS "clientName" FROM "client_secret" s
JOIN "client" c ON c."tenantId" = s."tenantId" AND c."id" = s."clientId"
WHERE s."tenantId" = @p0 AND s."revokedAt" IS NULL AND s."expiresAt" > @p1 AND s."expiresAt" <= @p2
  AND c."status" = 'active'
ORDER BY s."expiresAt", s."id" OFFSET 0 ROWS FETCH NEXT (@p3) ROWS ONLY

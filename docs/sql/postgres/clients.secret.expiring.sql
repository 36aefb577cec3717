-- clients.secret.expiring
-- $1 tenantId: id
-- $2 now: instant
-- $3 until: instant
-- $4 take: integer
SELECT s."id", s."name", s."expiresAt", c."name" AS "clientName" FROM "client_secret" s
JOIN "client" c ON c."tenantId" = s."tenantId" AND c."id" = s."clientId"
WHERE s."tenantId" = $1::uuid AND s."revokedAt" IS NULL AND s."expiresAt" > $2::timestamptz AND s."expiresAt" <= $3::timestamptz
  AND c."status" = 'active'
ORDER BY s."expiresAt", s."id" OFFSET 0 ROWS FETCH NEXT ($4::integer) ROWS ONLY

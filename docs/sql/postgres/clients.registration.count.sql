-- clients.registration.count
-- $1 tenantId: id
-- $2 since: instant
SELECT COUNT(*) AS "count" FROM client WHERE "tenantId" = $1::uuid AND status = 'active'
AND (origin = 'registered' OR (origin = 'metadata' AND ("lastUsedAt" >= $2::timestamptz OR "updatedAt" >= $2::timestamptz)))

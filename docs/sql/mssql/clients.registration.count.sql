-- clients.registration.count
-- @p0 tenantId: id
-- @p1 since: instant
SELECT COUNT(*) AS "count" FROM client WHERE "tenantId" = @p0 AND status = 'active'
AND (origin = 'registered' OR (origin = 'metadata' AND ("lastUsedAt" >= @p1 OR "updatedAt" >= @p1)))

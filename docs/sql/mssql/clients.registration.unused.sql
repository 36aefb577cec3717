-- clients.registration.unused
-- @p0 tenantId: id
-- @p1 before: instant
-- @p2 take: integer
SELECT id FROM client WHERE "tenantId" = @p0 AND origin = 'registered'
AND status = 'active' AND ("lastUsedAt" IS NULL OR "lastUsedAt" < @p1) AND "updatedAt" < @p1
ORDER BY id OFFSET 0 ROWS FETCH NEXT (@p2) ROWS ONLY

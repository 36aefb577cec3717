-- clients.registration.unused
-- $1 tenantId: id
-- $2 before: instant
-- $3 take: integer
SELECT id FROM client WHERE "tenantId" = $1::uuid AND origin = 'registered'
AND status = 'active' AND ("lastUsedAt" IS NULL OR "lastUsedAt" < $2::timestamptz) AND "updatedAt" < $2::timestamptz
ORDER BY id OFFSET 0 ROWS FETCH NEXT ($3::integer) ROWS ONLY

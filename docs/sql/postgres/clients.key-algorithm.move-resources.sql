-- clients.key-algorithm.move-resources
-- $1 algorithm: identifier
-- $2 tenantId: id
-- $3 builtIn: boolean
-- $4 removed: json
UPDATE "resource" SET "algorithm" = $1::text
WHERE "tenantId" = $2::uuid AND "builtIn" = $3::boolean AND "algorithm" IN (SELECT r FROM jsonb_array_elements_text($4::jsonb) AS r)

-- clients.client.names
-- $1 tenantId: id
-- $2 ids: json
SELECT "id", "name" FROM "client" WHERE "tenantId" = $1::uuid
AND "id" IN (SELECT j::uuid FROM jsonb_array_elements_text($2::jsonb) AS j)

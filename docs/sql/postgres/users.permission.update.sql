-- users.permission.update
-- $1 description: text
-- $2 tenantId: id
-- $3 id: id
UPDATE "permission" SET "description" = $1::text WHERE "tenantId" = $2::uuid AND "id" = $3::uuid

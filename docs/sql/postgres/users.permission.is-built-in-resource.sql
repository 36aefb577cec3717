-- users.permission.is-built-in-resource
-- $1 tenantId: id
-- $2 resourceId: id
SELECT "builtIn" FROM "resource" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid

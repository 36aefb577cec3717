-- users.permission.lock
-- $1 tenantId: id
-- $2 id: id
SELECT "id", "resourceId", "key", "description", "builtIn", "createdAt" FROM "permission" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid FOR UPDATE

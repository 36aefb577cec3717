-- users.role.lock
-- $1 tenantId: id
-- $2 id: id
SELECT "id", "name", "displayName", "description", "builtIn", "createdAt", "updatedAt" FROM "role" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid FOR UPDATE

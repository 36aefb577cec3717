-- users.role-holder.user
-- $1 tenantId: id
-- $2 id: id
SELECT "id" FROM "user" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid

-- users.role-holder.client
-- $1 tenantId: id
-- $2 id: id
SELECT "id" FROM "client" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid

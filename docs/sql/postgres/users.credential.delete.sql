-- users.credential.delete
-- $1 tenantId: id
-- $2 userId: id
-- $3 id: id
DELETE FROM "credential" WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid AND "id" = $3::uuid

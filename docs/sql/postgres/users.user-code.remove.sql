-- users.user-code.remove
-- $1 tenantId: id
-- $2 userId: id
DELETE FROM "credential" WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid AND "type" = 'user-code'

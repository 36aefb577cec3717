-- users.password.is-set
-- $1 tenantId: id
-- $2 userId: id
SELECT "id" FROM "credential" WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid AND "type" = 'password'

-- oauth.authorization.delete-of-user
-- $1 tenantId: id
-- $2 userId: id
DELETE FROM "authorization" WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid

-- oauth.consent.delete-of-user
-- $1 tenantId: id
-- $2 userId: id
DELETE FROM "consent" WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid

-- oauth.consent.delete-of-user
-- @p0 tenantId: id
-- @p1 userId: id
DELETE FROM "consent" WHERE "tenantId" = @p0 AND "userId" = @p1

-- oauth.consent.delete
-- @p0 tenantId: id
-- @p1 id: id
DELETE FROM "consent" WHERE "tenantId" = @p0 AND "id" = @p1

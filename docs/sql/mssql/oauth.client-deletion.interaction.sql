-- oauth.client-deletion.interaction
-- @p0 tenantId: id
-- @p1 clientId: id
DELETE FROM "interaction" WHERE "tenantId" = @p0 AND "clientId" = @p1

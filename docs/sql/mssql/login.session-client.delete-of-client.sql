-- login.session-client.delete-of-client
-- @p0 tenantId: id
-- @p1 clientId: id
DELETE FROM "session_client" WHERE "tenantId" = @p0 AND "clientId" = @p1

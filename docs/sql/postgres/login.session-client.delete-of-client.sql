-- login.session-client.delete-of-client
-- $1 tenantId: id
-- $2 clientId: id
DELETE FROM "session_client" WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid

-- clients.registration.hold
-- @p0 tenantId: id
SELECT "id" FROM "tenant" WITH (UPDLOCK, ROWLOCK) WHERE "id" = @p0

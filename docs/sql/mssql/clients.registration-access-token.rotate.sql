-- clients.registration-access-token.rotate
-- @p0 successor: hash
-- @p1 now: instant
-- @p2 tenantId: id
-- @p3 clientId: id
-- @p4 hash: hash
UPDATE "registration_access_token" SET "hash" = @p0, "createdAt" = @p1
WHERE "tenantId" = @p2 AND "clientId" = @p3 AND "hash" = @p4

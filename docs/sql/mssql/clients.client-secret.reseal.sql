-- clients.client-secret.reseal
-- @p0 sealed: text
-- @p1 tenantId: id
-- @p2 id: id
-- @p3 before: text
-- @p4 keyId: identifier
UPDATE "client_secret" SET "sealed" = @p0
WHERE "tenantId" = @p1 AND "id" = @p2 AND "sealed" = @p3 AND @p4 IS NOT NULL

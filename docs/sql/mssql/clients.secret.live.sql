-- clients.secret.live
-- @p0 tenantId: id
-- @p1 clientId: id
SELECT id, name, prefix, hash, sealed, "createdAt", "expiresAt" FROM client_secret
WHERE "tenantId" = @p0 AND "clientId" = @p1 AND "revokedAt" IS NULL ORDER BY "createdAt", id

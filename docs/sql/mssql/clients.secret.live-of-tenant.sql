-- clients.secret.live-of-tenant
-- @p0 tenantId: id
SELECT "clientId", id, name, hash, "expiresAt" FROM client_secret
WHERE "tenantId" = @p0 AND "revokedAt" IS NULL ORDER BY "createdAt", id

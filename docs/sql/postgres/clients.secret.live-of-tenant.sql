-- clients.secret.live-of-tenant
-- $1 tenantId: id
SELECT "clientId", id, name, hash, "expiresAt" FROM client_secret
WHERE "tenantId" = $1::uuid AND "revokedAt" IS NULL ORDER BY "createdAt", id

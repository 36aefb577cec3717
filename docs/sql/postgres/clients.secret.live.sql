-- clients.secret.live
-- $1 tenantId: id
-- $2 clientId: id
SELECT id, name, prefix, hash, sealed, "createdAt", "expiresAt" FROM client_secret
WHERE "tenantId" = $1::uuid AND "clientId" = $2::uuid AND "revokedAt" IS NULL ORDER BY "createdAt", id

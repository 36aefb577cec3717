-- users.credential.list
-- $1 tenantId: id
-- $2 userId: id
SELECT "id", "type", "name", "failures", "blockedUntil", "disabledAt", "lastUsedAt", "createdAt", "updatedAt"
FROM "credential" WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid ORDER BY "createdAt", "id"

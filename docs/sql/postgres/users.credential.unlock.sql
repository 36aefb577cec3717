-- users.credential.unlock
-- $1 tenantId: id
-- $2 userId: id
UPDATE "credential" SET "failures" = 0, "blockedUntil" = NULL, "disabledAt" = NULL
WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid

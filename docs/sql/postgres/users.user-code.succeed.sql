-- users.user-code.succeed
-- $1 now: instant
-- $2 tenantId: id
-- $3 id: id
-- $4 secret: text
UPDATE "credential" SET "failures" = 0, "blockedUntil" = NULL, "lastUsedAt" = $1::timestamptz
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "secret" = $4::text
  AND "disabledAt" IS NULL AND ("blockedUntil" IS NULL OR "blockedUntil" <= $1::timestamptz)

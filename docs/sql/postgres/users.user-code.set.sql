-- users.user-code.set
-- $1 tenantId: id
-- $2 id: id
-- $3 userId: id
-- $4 secret: text
-- $5 now: instant
INSERT INTO "credential" ("tenantId", "id", "userId", "type", "secret", "failures", "createdAt", "updatedAt")
VALUES ($1::uuid, $2::uuid, $3::uuid, 'user-code', $4::text, 0, $5::timestamptz, $5::timestamptz)
ON CONFLICT ("tenantId", "userId") WHERE "type" = 'user-code' DO UPDATE SET
  "secret" = excluded."secret", "failures" = 0, "lastFailureAt" = NULL, "blockedUntil" = NULL,
  "disabledAt" = NULL, "updatedAt" = excluded."updatedAt"

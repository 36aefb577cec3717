-- users.password.succeed
-- @p0 now: instant
-- @p1 tenantId: id
-- @p2 id: id
-- @p3 secret: text
BEGIN TRANSACTION;
DECLARE @used TABLE ("userId" char(36));
    UPDATE "credential" SET "failures" = 0, "blockedUntil" = NULL, "lastUsedAt" = @p0
    OUTPUT inserted."userId" INTO @used
    WHERE "tenantId" = @p1 AND "id" = @p2 AND "secret" = @p3 AND "disabledAt" IS NULL AND ("blockedUntil" IS NULL OR "blockedUntil" <= @p0);
    UPDATE "user" SET "lastSignInAt" = @p0
    WHERE "tenantId" = @p1 AND "id" = (SELECT "userId" COLLATE Latin1_General_100_BIN2_UTF8 FROM @used)
      AND "status" = 'active';
COMMIT TRANSACTION;

-- oauth.replay.spend
-- @p0 tenantId: id
-- @p1 key: hash
-- @p2 expiresAt: instant
INSERT INTO replay ("tenantId", "key", "expiresAt") SELECT @p0, @p1, @p2
WHERE NOT EXISTS (
  SELECT 1 FROM replay WITH (UPDLOCK, HOLDLOCK) WHERE "tenantId" = @p0 AND "key" = @p1)

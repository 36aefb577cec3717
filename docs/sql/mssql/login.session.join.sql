-- login.session.join
-- @p0 tenantId: id
-- @p1 sessionId: id
-- @p2 clientId: id
-- @p3 now: instant
INSERT INTO "session_client" ("tenantId", "sessionId", "clientId", "createdAt")
SELECT @p0, @p1, @p2, @p3 WHERE NOT EXISTS (
  SELECT 1 FROM "session_client" WITH (UPDLOCK, HOLDLOCK)
  WHERE "tenantId" = @p0 AND "sessionId" = @p1 AND "clientId" = @p2)

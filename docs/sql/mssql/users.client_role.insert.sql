-- users.client_role.insert
-- @p0 tenantId: id
-- @p1 holderId: id
-- @p2 roleId: id
-- @p3 now: instant
INSERT INTO "client_role" ("tenantId", "clientId", "roleId", "createdAt")
SELECT @p0, @p1, @p2, @p3 WHERE NOT EXISTS (
  SELECT 1 FROM "client_role" WITH (UPDLOCK, HOLDLOCK)
  WHERE "tenantId" = @p0 AND "clientId" = @p1 AND "roleId" = @p2)

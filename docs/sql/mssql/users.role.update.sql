-- users.role.update
-- @p0 displayName: text
-- @p1 description: text
-- @p2 now: instant
-- @p3 tenantId: id
-- @p4 id: id
UPDATE "role" SET "displayName" = @p0, "description" = @p1, "updatedAt" = @p2 WHERE "tenantId" = @p3 AND "id" = @p4

-- login.setup.insert
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 hash: hash
-- @p3 now: instant
-- @p4 expiresAt: instant
INSERT INTO "setup_token" ("tenantId", "id", "hash", "createdAt", "expiresAt")
VALUES (@p0, @p1, @p2, @p3, @p4)

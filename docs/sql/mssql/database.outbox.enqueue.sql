-- database.outbox.enqueue
-- @p0 tenantId: id
-- @p1 id: id
-- @p2 topic: identifier
-- @p3 key: identifier
-- @p4 payload: json
-- @p5 dueAt: instant
-- @p6 now: instant
INSERT INTO "outbox" ("tenantId", "id", "topic", "key", "payload", "nextAttemptAt", "createdAt")
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6)

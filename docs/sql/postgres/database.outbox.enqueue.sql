-- database.outbox.enqueue
-- $1 tenantId: id
-- $2 id: id
-- $3 topic: identifier
-- $4 key: identifier
-- $5 payload: json
-- $6 dueAt: instant
-- $7 now: instant
INSERT INTO "outbox" ("tenantId", "id", "topic", "key", "payload", "nextAttemptAt", "createdAt")
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::jsonb, $6::timestamptz, $7::timestamptz)

-- database.outbox.failed
-- $1 status: identifier
-- $2 nextAttemptAt: instant
-- $3 error: text
-- $4 tenantId: id
-- $5 id: id
-- $6 attempts: integer
UPDATE "outbox" SET "status" = $1::text, "nextAttemptAt" = $2::timestamptz, "lastError" = $3::text
WHERE "tenantId" = $4::uuid AND "id" = $5::uuid AND "attempts" = $6::integer

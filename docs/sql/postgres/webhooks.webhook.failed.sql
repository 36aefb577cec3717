-- webhooks.webhook.failed
-- $1 now: instant
-- $2 tenantId: id
-- $3 id: id
UPDATE "webhook" SET "failures" = "failures" + 1, "failingSince" = COALESCE("failingSince", $1::timestamptz)
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid

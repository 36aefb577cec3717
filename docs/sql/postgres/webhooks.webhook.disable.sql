-- webhooks.webhook.disable
-- $1 reason: text
-- $2 now: instant
-- $3 tenantId: id
-- $4 id: id
-- $5 failingBefore: instant
-- $6 minFailures: integer
UPDATE "webhook" SET "status" = 'disabled', "disabledReason" = $1::text, "updatedAt" = $2::timestamptz
WHERE "tenantId" = $3::uuid AND "id" = $4::uuid AND "status" = 'active'
  AND "failingSince" <= $5::timestamptz AND "failures" >= $6::integer

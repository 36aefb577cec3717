-- webhooks.webhook.previous-secret.reseal
-- $1 sealed: text
-- $2 tenantId: id
-- $3 id: id
-- $4 before: text
-- $5 keyId: identifier
UPDATE "webhook" SET "previousSecret" = $1::text
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "previousSecret" = $4::text AND $5::text IS NOT NULL

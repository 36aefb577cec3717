-- oauth.replay.spend
-- $1 tenantId: id
-- $2 uses: json
INSERT INTO replay ("tenantId", "key", "expiresAt")
SELECT $1::uuid, u."key", u."expiresAt"
FROM jsonb_to_recordset($2::jsonb) AS u("key" text, "expiresAt" timestamptz) ORDER BY u."key"
ON CONFLICT DO NOTHING
RETURNING "key"

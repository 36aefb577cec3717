-- oauth.replay.spend
-- $1 tenantId: id
-- $2 key: hash
-- $3 expiresAt: instant
INSERT INTO replay ("tenantId", "key", "expiresAt") VALUES ($1::uuid, $2::text, $3::timestamptz)
ON CONFLICT DO NOTHING

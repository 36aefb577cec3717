-- login.setup.insert
-- $1 tenantId: id
-- $2 id: id
-- $3 hash: hash
-- $4 now: instant
-- $5 expiresAt: instant
INSERT INTO "setup_token" ("tenantId", "id", "hash", "createdAt", "expiresAt")
VALUES ($1::uuid, $2::uuid, $3::text, $4::timestamptz, $5::timestamptz)

-- login.session.insert
-- $1 tenantId: id
-- $2 id: id
-- $3 hash: hash
-- $4 userId: id
-- $5 authTime: instant
-- $6 acr: identifier
-- $7 amr: json
-- $8 ip: text
-- $9 userAgent: text
-- $10 createdAt: instant
-- $11 lastSeenAt: instant
-- $12 idleExpiresAt: instant
-- $13 absoluteExpiresAt: instant
INSERT INTO "session" ("tenantId", "id", "hash", "userId", "authTime", "acr", "amr", "ip", "userAgent", "createdAt", "lastSeenAt", "idleExpiresAt", "absoluteExpiresAt")
VALUES ($1::uuid, $2::uuid, $3::text, $4::uuid, $5::timestamptz, $6::text, $7::jsonb, $8::text, $9::text, $10::timestamptz, $11::timestamptz, $12::timestamptz, $13::timestamptz)

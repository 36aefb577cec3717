-- login.session.renew
-- $1 hash: hash
-- $2 authTime: instant
-- $3 acr: identifier
-- $4 amr: json
-- $5 ip: text
-- $6 userAgent: text
-- $7 lastSeenAt: instant
-- $8 idleExpiresAt: instant
-- $9 absoluteExpiresAt: instant
-- $10 tenantId: id
-- $11 id: id
-- $12 oldHash: hash
UPDATE "session" SET "hash" = $1::text, "authTime" = $2::timestamptz, "acr" = $3::text, "amr" = $4::jsonb, "ip" = $5::text, "userAgent" = $6::text, "lastSeenAt" = $7::timestamptz, "idleExpiresAt" = $8::timestamptz, "absoluteExpiresAt" = $9::timestamptz
WHERE "tenantId" = $10::uuid AND "id" = $11::uuid AND "hash" = $12::text AND "endedAt" IS NULL

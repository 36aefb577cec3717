-- login.session.join
-- $1 tenantId: id
-- $2 sessionId: id
-- $3 clientId: id
-- $4 now: instant
INSERT INTO "session_client" ("tenantId", "sessionId", "clientId", "createdAt")
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::timestamptz) ON CONFLICT DO NOTHING

-- users.user_role.insert
-- $1 tenantId: id
-- $2 holderId: id
-- $3 roleId: id
-- $4 now: instant
INSERT INTO "user_role" ("tenantId", "userId", "roleId", "createdAt")
SELECT $1::uuid, $2::uuid, $3::uuid, $4::timestamptz ON CONFLICT ("tenantId", "userId", "roleId") DO NOTHING

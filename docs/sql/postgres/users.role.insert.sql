-- users.role.insert
-- $1 tenantId: id
-- $2 builtIn: boolean
-- $3 now: instant
-- $4 rows: json
INSERT INTO "role" ("tenantId", "id", "name", "displayName", "description", "builtIn", "createdAt", "updatedAt")
SELECT $1::uuid, n."id", n."name", n."displayName", n."description", $2::boolean, $3::timestamptz, $3::timestamptz
FROM jsonb_to_recordset($4::jsonb) AS n("id" uuid, "name" text, "displayName" text, "description" text)

-- users.permission.insert-admin
-- $1 builtIn: boolean
-- $2 now: instant
-- $3 rows: json
-- $4 tenantId: id
INSERT INTO "permission" ("tenantId", "id", "resourceId", "key", "description", "builtIn", "createdAt")
SELECT r."tenantId", n."id", r."id", n."key", n."description", $1::boolean, $2::timestamptz
FROM "resource" r, jsonb_to_recordset($3::jsonb) AS n("id" uuid, "key" text, "description" text)
WHERE r."tenantId" = $4::uuid AND r."builtIn" = $1::boolean AND r."identifier" LIKE '%/admin/api'

-- audit.statistics.add-users
-- $1 tenantId: id
-- $2 users: json
INSERT INTO "statistic_user" ("tenantId", "dayAt", "userId")
SELECT $1::uuid, r."dayAt", r."userId" FROM jsonb_to_recordset($2::jsonb) AS r("dayAt" timestamptz, "userId" uuid)
ON CONFLICT DO NOTHING RETURNING "dayAt"

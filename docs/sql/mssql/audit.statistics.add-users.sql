-- audit.statistics.add-users
-- @p0 tenantId: id
-- @p1 users: json
INSERT INTO "statistic_user" ("tenantId", "dayAt", "userId") OUTPUT inserted."dayAt"
SELECT @p0, r."dayAt", r."userId"
FROM OPENJSON(@p1) WITH ("dayAt" datetimeoffset(3), "userId" char(36)) AS r
WHERE NOT EXISTS (SELECT 1 FROM "statistic_user" u WITH (UPDLOCK, HOLDLOCK)
  WHERE u."tenantId" = @p0 AND u."dayAt" = r."dayAt" AND u."userId" = r."userId" COLLATE Latin1_General_100_BIN2_UTF8)

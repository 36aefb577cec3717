-- oauth.replay.spend
-- @p0 tenantId: id
-- @p1 uses: json
INSERT INTO replay ("tenantId", "key", "expiresAt")
OUTPUT inserted."key"
SELECT @p0, u."key", u."expiresAt"
FROM OPENJSON(@p1) WITH ("key" varchar(128), "expiresAt" datetimeoffset(3)) AS u
WHERE NOT EXISTS (
  SELECT 1 FROM replay AS r WITH (UPDLOCK, HOLDLOCK)
  WHERE r."tenantId" = @p0 AND r."key" = u."key" COLLATE Latin1_General_100_BIN2_UTF8)
ORDER BY u."key"

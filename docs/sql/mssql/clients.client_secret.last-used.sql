-- clients.client_secret.last-used
-- @p0 used: json
UPDATE target SET "lastUsedAt" = used."at" FROM client_secret AS target
JOIN OPENJSON(@p0) WITH ("tenantId" char(36) COLLATE Latin1_General_100_BIN2_UTF8 '$.tenantId',
  id char(36) COLLATE Latin1_General_100_BIN2_UTF8 '$.id', "at" datetimeoffset(3) '$.at') AS used
ON target."tenantId" = used."tenantId" AND target.id = used.id
WHERE target."lastUsedAt" IS NULL OR target."lastUsedAt" < used."at"

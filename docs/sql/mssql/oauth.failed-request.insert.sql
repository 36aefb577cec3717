-- oauth.failed-request.insert
-- @p0 rows: json
INSERT INTO "failed_request" ("tenantId", "id", "occurredAt", "endpoint", "error", "description", "status", "cause", "explanation",
"clientId", "sentClientId", "sent", "registered", "fix", "omitted", "ip", "userAgent")
  SELECT r."tenantId", r."id", r."occurredAt", r."endpoint", r."error", r."description", r."status", r."cause", r."explanation",
r."clientId", r."sentClientId", r."sent", r."registered", r."fix", r."omitted", r."ip", r."userAgent" FROM OPENJSON(@p0) WITH ("tenantId" char(36), "id" char(36), "occurredAt" datetimeoffset(3),
    "endpoint" varchar(255), "error" varchar(255), "description" nvarchar(max), "status" int, "cause" varchar(255),
    "explanation" nvarchar(max), "clientId" char(36), "sentClientId" nvarchar(max), "sent" nvarchar(max),
    "registered" nvarchar(max), "fix" nvarchar(max), "omitted" int, "ip" varchar(255),
    "userAgent" nvarchar(max)) AS r
  WHERE EXISTS (SELECT 1 FROM "tenant" t WHERE t."id" = r."tenantId" COLLATE Latin1_General_100_BIN2_UTF8)
    AND NOT EXISTS (SELECT 1 FROM "failed_request" f
      WHERE f."tenantId" = r."tenantId" COLLATE Latin1_General_100_BIN2_UTF8
        AND f."id" = r."id" COLLATE Latin1_General_100_BIN2_UTF8)

-- audit.machine-tokens.insert
-- @p0 counts: json
INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "clientId", "occurrences", "detail")
SELECT r."tenantId", r."id", r."occurredAt", 'token.issued', 'success', 'client', r."clientId", r."clientId",
     r."occurrences", '{"grant_type":"client_credentials"}'
FROM OPENJSON(@p0) WITH ("tenantId" char(36), "id" char(36), "occurredAt" datetimeoffset(3), "clientId" char(36),
  "occurrences" int) AS r
WHERE NOT EXISTS (SELECT 1 FROM "audit_event" e
  WHERE e."tenantId" = r."tenantId" COLLATE Latin1_General_100_BIN2_UTF8
    AND e."id" = r."id" COLLATE Latin1_General_100_BIN2_UTF8)

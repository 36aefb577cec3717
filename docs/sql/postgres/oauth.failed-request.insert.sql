-- oauth.failed-request.insert
-- $1 rows: json
INSERT INTO "failed_request" ("tenantId", "id", "occurredAt", "endpoint", "error", "description", "status", "cause", "explanation",
"clientId", "sentClientId", "sent", "registered", "fix", "omitted", "ip", "userAgent")
  SELECT r."tenantId", r."id", r."occurredAt", r."endpoint", r."error", r."description", r."status", r."cause", r."explanation",
r."clientId", r."sentClientId", r."sent"::jsonb, r."registered"::jsonb, r."fix"::jsonb, r."omitted", r."ip", r."userAgent" FROM jsonb_to_recordset($1::jsonb) AS r("tenantId" uuid, "id" uuid, "occurredAt" timestamptz,
    "endpoint" text, "error" text, "description" text, "status" integer, "cause" text, "explanation" text,
    "clientId" uuid, "sentClientId" text, "sent" text, "registered" text, "fix" text, "omitted" integer, "ip" text,
    "userAgent" text)
  WHERE EXISTS (SELECT 1 FROM "tenant" t WHERE t."id" = r."tenantId")
  ON CONFLICT DO NOTHING

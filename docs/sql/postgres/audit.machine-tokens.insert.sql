-- audit.machine-tokens.insert
-- $1 counts: json
INSERT INTO "audit_event" ("tenantId", "id", "occurredAt", "event", "result", "actorType", "actorId", "clientId", "occurrences", "detail")
SELECT r."tenantId", r."id", r."occurredAt", 'token.issued', 'success', 'client', r."clientId", r."clientId",
     r."occurrences", '{"grant_type":"client_credentials"}'
FROM jsonb_to_recordset($1::jsonb)
  AS r("tenantId" uuid, "id" uuid, "occurredAt" timestamptz, "clientId" uuid, "occurrences" integer)
ON CONFLICT DO NOTHING

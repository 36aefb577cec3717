-- audit.sealing.insert-seals
-- $1 seals: json
INSERT INTO "audit_seal" ("tenantId", "sequence", "eventId", "hash", "sealedAt")
SELECT r."tenantId", r."sequence", r."eventId", r."hash", r."sealedAt" FROM jsonb_to_recordset($1::jsonb)
  AS r("tenantId" uuid, "sequence" bigint, "eventId" uuid, "hash" text, "sealedAt" timestamptz)

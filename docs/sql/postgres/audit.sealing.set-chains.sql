-- audit.sealing.set-chains
-- $1 chains: json
INSERT INTO "audit_chain" ("tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash")
SELECT r."tenantId", r."anchorSequence", r."anchorHash", r."headSequence", r."headHash", r."stateHash"
FROM jsonb_to_recordset($1::jsonb) AS r("tenantId" uuid, "anchorSequence" bigint, "anchorHash" text,
  "headSequence" bigint, "headHash" text, "stateHash" text)
ON CONFLICT ("tenantId") DO UPDATE SET "anchorSequence" = excluded."anchorSequence",
  "anchorHash" = excluded."anchorHash", "headSequence" = excluded."headSequence",
  "headHash" = excluded."headHash", "stateHash" = excluded."stateHash"

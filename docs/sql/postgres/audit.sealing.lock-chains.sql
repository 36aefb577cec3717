-- audit.sealing.lock-chains
-- $1 tenantIds: json
SELECT "tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash" FROM "audit_chain"
WHERE "tenantId" IN (SELECT t::uuid FROM jsonb_array_elements_text($1::jsonb) AS t) FOR UPDATE

-- audit.chain.lock
-- $1 tenantId: id
SELECT "tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash"
FROM "audit_chain" WHERE "tenantId" = $1::uuid FOR UPDATE

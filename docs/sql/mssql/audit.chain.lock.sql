-- audit.chain.lock
-- @p0 tenantId: id
SELECT "tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash"
FROM "audit_chain" WITH (UPDLOCK, ROWLOCK) WHERE "tenantId" = @p0

-- audit.chain.find
-- @p0 tenantId: id
SELECT "tenantId", "anchorSequence", "anchorHash", "headSequence", "headHash", "stateHash"
FROM "audit_chain" WHERE "tenantId" = @p0

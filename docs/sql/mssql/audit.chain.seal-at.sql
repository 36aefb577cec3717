-- audit.chain.seal-at
-- @p0 tenantId: id
-- @p1 sequence: bigint
SELECT "hash" FROM "audit_seal" WHERE "tenantId" = @p0 AND "sequence" = @p1

-- audit.chain.delete-seals
-- @p0 tenantId: id
-- @p1 upTo: bigint
DELETE FROM "audit_seal" WHERE "tenantId" = @p0 AND "sequence" <= @p1

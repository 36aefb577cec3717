-- audit.chain.delete-events
-- @p0 tenantId: id
-- @p1 after: bigint
-- @p2 upTo: bigint
DELETE FROM "audit_event" WHERE "tenantId" = @p0 AND "id" IN (
SELECT s."eventId" FROM "audit_seal" s
WHERE s."tenantId" = @p0 AND s."sequence" > @p1 AND s."sequence" <= @p2)

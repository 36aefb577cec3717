-- audit.chain.delete-events
-- $1 tenantId: id
-- $2 after: bigint
-- $3 upTo: bigint
DELETE FROM "audit_event" WHERE "tenantId" = $1::uuid AND "id" IN (
SELECT s."eventId" FROM "audit_seal" s
WHERE s."tenantId" = $1::uuid AND s."sequence" > $2::bigint AND s."sequence" <= $3::bigint)

-- audit.chain.delete-seals
-- $1 tenantId: id
-- $2 upTo: bigint
DELETE FROM "audit_seal" WHERE "tenantId" = $1::uuid AND "sequence" <= $2::bigint

-- audit.chain.seal-at
-- $1 tenantId: id
-- $2 sequence: bigint
SELECT "hash" FROM "audit_seal" WHERE "tenantId" = $1::uuid AND "sequence" = $2::bigint

-- audit.sealing.settle
-- $1 mark: bigint
UPDATE "audit_sealing" SET "low" = "mark", "mark" = NULL WHERE "mark" = $1::bigint

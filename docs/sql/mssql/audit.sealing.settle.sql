-- audit.sealing.settle
-- @p0 mark: bigint
UPDATE "audit_sealing" SET "low" = "mark", "mark" = NULL WHERE "mark" = @p0

-- database.lease.release
-- @p0 name: identifier
-- @p1 holder: id
-- @p2 fence: bigint
UPDATE "lease" SET "expiresAt" = SYSDATETIMEOFFSET()
WHERE "name" = @p0 AND "holder" = @p1 AND "fence" = @p2 AND "expiresAt" > SYSDATETIMEOFFSET()

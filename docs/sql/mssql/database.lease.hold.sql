-- database.lease.hold
-- @p0 name: identifier
-- @p1 holder: id
-- @p2 fence: bigint
SELECT "fence" FROM "lease" WITH (UPDLOCK, HOLDLOCK)
WHERE "name" = @p0 AND "holder" = @p1 AND "fence" = @p2 AND "expiresAt" > SYSDATETIMEOFFSET()

-- database.lease.renew
-- @p0 ttl: integer
-- @p1 name: identifier
-- @p2 holder: id
-- @p3 fence: bigint
UPDATE "lease" SET "expiresAt" = DATEADD(second, @p0, SYSDATETIMEOFFSET())
WHERE "name" = @p1 AND "holder" = @p2 AND "fence" = @p3 AND "expiresAt" > SYSDATETIMEOFFSET()

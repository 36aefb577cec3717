-- database.invalidation.purge
-- @p0 before: instant
DELETE FROM "cache_version" WHERE "changedAt" < @p0

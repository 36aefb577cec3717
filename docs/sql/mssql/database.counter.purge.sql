-- database.counter.purge
-- @p0 now: instant
DELETE FROM "counter" WHERE "resetAt" <= @p0

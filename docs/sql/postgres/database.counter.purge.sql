-- database.counter.purge
-- $1 now: instant
DELETE FROM "counter" WHERE "resetAt" <= $1::timestamptz

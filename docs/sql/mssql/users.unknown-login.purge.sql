-- users.unknown-login.purge
-- @p0 before: instant
DELETE FROM "unknown_login" WHERE "lastFailureAt" < @p0

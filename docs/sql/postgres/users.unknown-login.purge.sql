-- users.unknown-login.purge
-- $1 before: instant
DELETE FROM "unknown_login" WHERE "lastFailureAt" < $1::timestamptz

-- clients.initial-access-token.purge
-- $1 before: instant
DELETE FROM "initial_access_token" WHERE "expiresAt" < $1::timestamptz

-- clients.initial-access-token.purge
-- @p0 before: instant
DELETE FROM "initial_access_token" WHERE "expiresAt" < @p0

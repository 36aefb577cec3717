-- oauth.purge.access_token
-- @p0 batch: integer
-- @p1 before: instant
DELETE TOP (@p0) x FROM "access_token" x WITH (READPAST) WHERE x."expiresAt" < @p1

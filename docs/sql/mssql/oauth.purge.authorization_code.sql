-- oauth.purge.authorization_code
-- @p0 batch: integer
-- @p1 before: instant
DELETE TOP (@p0) x FROM "authorization_code" x WITH (READPAST) WHERE x."expiresAt" < @p1

-- oauth.purge.refresh_token
-- @p0 batch: integer
-- @p1 before: instant
DELETE TOP (@p0) x FROM "refresh_token" x WITH (READPAST) WHERE x."absoluteExpiresAt" < @p1

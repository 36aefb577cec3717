-- oauth.purge.pushed_request
-- @p0 batch: integer
-- @p1 before: instant
DELETE TOP (@p0) x FROM "pushed_request" x WITH (READPAST) WHERE x."expiresAt" < @p1

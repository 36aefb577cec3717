-- oauth.purge.interaction
-- @p0 batch: integer
-- @p1 before: instant
DELETE TOP (@p0) x FROM "interaction" x WITH (READPAST) WHERE x."expiresAt" < @p1

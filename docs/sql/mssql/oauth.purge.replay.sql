-- oauth.purge.replay
-- @p0 batch: integer
-- @p1 before: instant
DELETE TOP (@p0) x FROM "replay" x WITH (READPAST) WHERE x."expiresAt" < @p1

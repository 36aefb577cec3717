-- login.purge.session
-- @p0 batch: integer
-- @p1 before: instant
DELETE TOP (@p0) x FROM "session" x WITH (READPAST) WHERE x."absoluteExpiresAt" < @p1 AND x."endedAt" IS NOT NULL

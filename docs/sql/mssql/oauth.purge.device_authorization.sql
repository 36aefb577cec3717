-- oauth.purge.device_authorization
-- @p0 batch: integer
-- @p1 before: instant
DELETE TOP (@p0) x FROM "device_authorization" x WITH (READPAST) WHERE x."expiresAt" < @p1

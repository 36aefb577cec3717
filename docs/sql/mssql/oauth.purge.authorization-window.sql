-- oauth.purge.authorization-window
-- @p0 batch: integer
-- @p1 after: instant
-- @p2 before: instant
SELECT MAX(w."createdAt") AS "until", COUNT(*) AS "count" FROM (
SELECT TOP (@p0) x."createdAt" FROM "authorization" x WHERE x."createdAt" > @p1 AND x."createdAt" < @p2 ORDER BY x."createdAt") w

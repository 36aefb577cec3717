-- oauth.purge.authorization-window
-- $1 after: instant
-- $2 before: instant
-- $3 batch: integer
SELECT MAX(w."createdAt") AS "until", CAST(COUNT(*) AS int) AS "count" FROM (
SELECT x."createdAt" FROM "authorization" x WHERE x."createdAt" > $1::timestamptz AND x."createdAt" < $2::timestamptz ORDER BY x."createdAt" LIMIT $3::integer) w

-- oauth.failed-request.purge
-- @p0 take: integer
-- @p1 before: instant
DELETE FROM f FROM (
SELECT TOP (@p0) * FROM "failed_request" WHERE "occurredAt" < @p1 ORDER BY "occurredAt") AS f

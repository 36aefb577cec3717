-- oauth.failed-request.purge
-- $1 before: instant
-- $2 take: integer
DELETE FROM "failed_request" WHERE ("tenantId", "id") IN (
SELECT "tenantId", "id" FROM "failed_request" WHERE "occurredAt" < $1::timestamptz ORDER BY "occurredAt" LIMIT $2::integer)

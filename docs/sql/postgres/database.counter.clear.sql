-- database.counter.clear
-- $1 tenantId: id
-- $2 key: identifier
DELETE FROM "counter" WHERE "tenantId" = $1::uuid AND "key" = $2::text

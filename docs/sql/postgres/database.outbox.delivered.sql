-- database.outbox.delivered
-- $1 tenantId: id
-- $2 id: id
-- $3 attempts: integer
DELETE FROM "outbox" WHERE "tenantId" = $1::uuid AND "id" = $2::uuid AND "attempts" = $3::integer

-- clients.registration.hold
-- $1 tenantId: id
SELECT "id" FROM "tenant" WHERE "id" = $1::uuid FOR NO KEY UPDATE

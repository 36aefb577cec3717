-- users.password.rehash
-- $1 newSecret: text
-- $2 tenantId: id
-- $3 id: id
-- $4 secret: text
UPDATE "credential" SET "secret" = $1::text
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "secret" = $4::text

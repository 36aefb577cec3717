-- users.role.update
-- $1 displayName: text
-- $2 description: text
-- $3 now: instant
-- $4 tenantId: id
-- $5 id: id
UPDATE "role" SET "displayName" = $1::text, "description" = $2::text, "updatedAt" = $3::timestamptz WHERE "tenantId" = $4::uuid AND "id" = $5::uuid

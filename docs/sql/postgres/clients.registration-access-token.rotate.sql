-- clients.registration-access-token.rotate
-- $1 successor: hash
-- $2 now: instant
-- $3 tenantId: id
-- $4 clientId: id
-- $5 hash: hash
UPDATE "registration_access_token" SET "hash" = $1::text, "createdAt" = $2::timestamptz
WHERE "tenantId" = $3::uuid AND "clientId" = $4::uuid AND "hash" = $5::text

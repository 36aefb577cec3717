-- oauth.consent.find
-- $1 tenantId: id
-- $2 userId: id
-- $3 clientId: id
SELECT "scope", "resources", "detailHashes" FROM "consent"
WHERE "tenantId" = $1::uuid AND "userId" = $2::uuid AND "clientId" = $3::uuid

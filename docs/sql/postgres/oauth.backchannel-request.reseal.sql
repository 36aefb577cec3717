-- oauth.backchannel-request.reseal
-- $1 sealed: text
-- $2 tenantId: id
-- $3 id: id
-- $4 before: text
-- $5 keyId: identifier
UPDATE "backchannel_request" SET "notification" = $1::text
WHERE "tenantId" = $2::uuid AND "id" = $3::uuid AND "notification" = $4::text AND $5::text IS NOT NULL

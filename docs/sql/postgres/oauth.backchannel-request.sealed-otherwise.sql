-- oauth.backchannel-request.sealed-otherwise
-- $1 length: integer
-- $2 prefix: text
-- $3 id: id
-- $4 take: integer
SELECT "tenantId", "id", "notification" AS "sealed" FROM "backchannel_request" WHERE "notification" IS NOT NULL AND left("notification", $1::integer) <> $2::text AND "id" > $3::uuid ORDER BY "id" LIMIT $4::integer

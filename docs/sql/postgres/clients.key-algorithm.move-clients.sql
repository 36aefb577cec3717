-- clients.key-algorithm.move-clients
-- $1 algorithm: identifier
-- $2 tenantId: id
-- $3 removed: json
UPDATE "client" SET "metadata" = jsonb_set("metadata", '{id_token_signed_response_alg}', to_jsonb($1::text))
WHERE "tenantId" = $2::uuid AND "origin" = 'built-in' AND "metadata"->>'id_token_signed_response_alg' IN (SELECT r FROM jsonb_array_elements_text($3::jsonb) AS r)

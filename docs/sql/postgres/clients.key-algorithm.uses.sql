-- clients.key-algorithm.uses
-- $1 tenantId: id
-- $2 builtIn: boolean
-- $3 removed: json
-- $4 take: integer
SELECT 'resource' AS "type", "identifier" AS "name", 'algorithm' AS "member", "algorithm" FROM "resource"
WHERE "tenantId" = $1::uuid AND "builtIn" = $2::boolean AND "algorithm" IN (SELECT r FROM jsonb_array_elements_text($3::jsonb) AS r)
UNION ALL
SELECT 'client', "clientId", 'authorization_signed_response_alg', "metadata"->>'authorization_signed_response_alg' FROM "client"
WHERE "tenantId" = $1::uuid AND "origin" <> 'built-in' AND "metadata"->>'authorization_signed_response_alg' IN (SELECT r FROM jsonb_array_elements_text($3::jsonb) AS r)
UNION ALL
SELECT 'client', "clientId", 'id_token_signed_response_alg', "metadata"->>'id_token_signed_response_alg' FROM "client"
WHERE "tenantId" = $1::uuid AND "origin" <> 'built-in' AND "metadata"->>'id_token_signed_response_alg' IN (SELECT r FROM jsonb_array_elements_text($3::jsonb) AS r)
UNION ALL
SELECT 'client', "clientId", 'introspection_signed_response_alg', "metadata"->>'introspection_signed_response_alg' FROM "client"
WHERE "tenantId" = $1::uuid AND "origin" <> 'built-in' AND "metadata"->>'introspection_signed_response_alg' IN (SELECT r FROM jsonb_array_elements_text($3::jsonb) AS r)
UNION ALL
SELECT 'client', "clientId", 'userinfo_signed_response_alg', "metadata"->>'userinfo_signed_response_alg' FROM "client"
WHERE "tenantId" = $1::uuid AND "origin" <> 'built-in' AND "metadata"->>'userinfo_signed_response_alg' IN (SELECT r FROM jsonb_array_elements_text($3::jsonb) AS r)
ORDER BY "type", "name", "member" OFFSET 0 ROWS FETCH NEXT ($4::integer) ROWS ONLY

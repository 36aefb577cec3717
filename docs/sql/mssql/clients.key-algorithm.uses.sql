-- clients.key-algorithm.uses
-- @p0 tenantId: id
-- @p1 builtIn: boolean
-- @p2 removed: json
-- @p3 take: integer
SELECT 'resource' AS "type", "identifier" AS "name", 'algorithm' AS "member", "algorithm" FROM "resource"
WHERE "tenantId" = @p0 AND "builtIn" = @p1 AND "algorithm" IN (SELECT CAST(r."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM OPENJSON(@p2) AS r)
UNION ALL
SELECT 'client', "clientId", 'authorization_signed_response_alg', CAST(JSON_VALUE("metadata", '$.authorization_signed_response_alg') AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM "client"
WHERE "tenantId" = @p0 AND "origin" <> 'built-in' AND CAST(JSON_VALUE("metadata", '$.authorization_signed_response_alg') AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 IN (SELECT CAST(r."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM OPENJSON(@p2) AS r)
UNION ALL
SELECT 'client', "clientId", 'id_token_signed_response_alg', CAST(JSON_VALUE("metadata", '$.id_token_signed_response_alg') AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM "client"
WHERE "tenantId" = @p0 AND "origin" <> 'built-in' AND CAST(JSON_VALUE("metadata", '$.id_token_signed_response_alg') AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 IN (SELECT CAST(r."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM OPENJSON(@p2) AS r)
UNION ALL
SELECT 'client', "clientId", 'introspection_signed_response_alg', CAST(JSON_VALUE("metadata", '$.introspection_signed_response_alg') AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM "client"
WHERE "tenantId" = @p0 AND "origin" <> 'built-in' AND CAST(JSON_VALUE("metadata", '$.introspection_signed_response_alg') AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 IN (SELECT CAST(r."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM OPENJSON(@p2) AS r)
UNION ALL
SELECT 'client', "clientId", 'userinfo_signed_response_alg', CAST(JSON_VALUE("metadata", '$.userinfo_signed_response_alg') AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM "client"
WHERE "tenantId" = @p0 AND "origin" <> 'built-in' AND CAST(JSON_VALUE("metadata", '$.userinfo_signed_response_alg') AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 IN (SELECT CAST(r."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM OPENJSON(@p2) AS r)
ORDER BY "type", "name", "member" OFFSET 0 ROWS FETCH NEXT (@p3) ROWS ONLY

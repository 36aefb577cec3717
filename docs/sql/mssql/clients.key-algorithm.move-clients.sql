-- clients.key-algorithm.move-clients
-- @p0 algorithm: identifier
-- @p1 tenantId: id
-- @p2 removed: json
UPDATE "client" SET "metadata" = JSON_MODIFY("metadata", '$.id_token_signed_response_alg', @p0)
WHERE "tenantId" = @p1 AND "origin" = 'built-in' AND CAST(JSON_VALUE("metadata", '$.id_token_signed_response_alg') AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 IN (SELECT CAST(r."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM OPENJSON(@p2) AS r)

-- clients.client.names
-- @p0 tenantId: id
-- @p1 ids: json
SELECT "id", "name" FROM "client" WHERE "tenantId" = @p0
AND "id" IN (SELECT j."value" COLLATE Latin1_General_100_BIN2_UTF8 FROM OPENJSON(@p1) AS j)

-- clients.key-algorithm.move-resources
-- @p0 algorithm: identifier
-- @p1 tenantId: id
-- @p2 builtIn: boolean
-- @p3 removed: json
UPDATE "resource" SET "algorithm" = @p0
WHERE "tenantId" = @p1 AND "builtIn" = @p2 AND "algorithm" IN (SELECT CAST(r."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8 FROM OPENJSON(@p3) AS r)

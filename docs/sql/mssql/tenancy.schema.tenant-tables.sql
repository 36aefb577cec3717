-- tenancy.schema.tenant-tables
SELECT t.name AS "table" FROM sys.tables t JOIN sys.columns c ON c.object_id = t.object_id
WHERE c.name = 'tenantId' ORDER BY t.name

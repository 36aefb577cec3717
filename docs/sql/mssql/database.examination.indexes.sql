-- database.examination.indexes
SELECT i.name AS "name", CAST(1 - i.is_disabled AS bit) AS "isValid" FROM sys.indexes i
JOIN sys.tables t ON t.object_id = i.object_id WHERE i.name IS NOT NULL

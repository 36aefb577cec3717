-- tenancy.schema.references
SELECT DISTINCT OBJECT_NAME(parent_object_id) AS "from", OBJECT_NAME(referenced_object_id) AS "to"
FROM sys.foreign_keys

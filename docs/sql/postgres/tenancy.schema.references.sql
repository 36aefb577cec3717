-- tenancy.schema.references
SELECT DISTINCT f.relname AS "from", t.relname AS "to"
FROM pg_constraint c JOIN pg_class f ON f.oid = c.conrelid JOIN pg_class t ON t.oid = c.confrelid
WHERE c.contype = 'f'

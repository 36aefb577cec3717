-- tenancy.schema.tenant-tables
SELECT t.relname AS "table" FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
WHERE t.relkind IN ('r', 'p') AND t.relnamespace = to_regnamespace(current_schema()::text)::oid
  AND a.attname = 'tenantId' AND NOT a.attisdropped AND NOT t.relispartition
ORDER BY t.relname

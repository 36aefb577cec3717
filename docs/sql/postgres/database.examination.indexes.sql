-- database.examination.indexes
SELECT c.relname AS "name", i.indisvalid AS "isValid" FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = current_schema()::regnamespace

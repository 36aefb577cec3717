-- keys.signing-key.due
-- @p0 take: integer
-- @p1 now: instant
-- @p2 dueAt: instant
-- @p3 id: id
SELECT TOP (@p0) "tenantId", "id", "alg", "dueAt" FROM "signing_key"
WHERE "dueAt" <= @p1 AND ("dueAt" > @p2 OR ("dueAt" = @p2 AND "id" > @p3)) ORDER BY "dueAt", "id"

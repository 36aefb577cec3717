-- oauth.failed-request.page
-- @p0 tenantId: id
-- @p1 clientId: id
-- @p2 endpoint: identifier
-- @p3 error: identifier
-- @p4 cause: identifier
-- @p5 requestId: id
-- @p6 from: instant
-- @p7 to: instant
-- @p8 search: text
-- @p9 afterValue: instant
-- @p10 afterId: id
-- @p11 take: integer
SELECT t."id", t."occurredAt", t."endpoint", t."error", t."description", t."status", t."cause", t."explanation",
  t."clientId", t."sentClientId", t."sent", t."registered", t."fix", t."omitted", t."ip", t."userAgent", t."occurredAt" AS "sortValue", t."id" AS "sortId"
FROM "failed_request" t
WHERE t."tenantId" = @p0
  AND (t."clientId" = @p1)
  AND (t."endpoint" = @p2)
  AND (t."error" = @p3)
  AND (t."cause" = @p4)
  AND (t."id" = @p5)
  AND (t."occurredAt" >= @p6)
  AND (t."occurredAt" <= @p7)
  AND (lower(t."description") LIKE @p8 ESCAPE '\' OR lower(t."explanation") LIKE @p8 ESCAPE '\'
        OR lower(t."sentClientId") LIKE @p8 ESCAPE '\')
  AND (t."occurredAt" > @p9 OR (t."occurredAt" = @p9 AND t."id" > @p10))
ORDER BY t."occurredAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p11 ROWS ONLY

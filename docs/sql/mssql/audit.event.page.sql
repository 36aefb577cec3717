-- audit.event.page
-- @p0 tenantId: id
-- @p1 events: text
-- @p2 failure: identifier
-- @p3 success: identifier
-- @p4 actorType: identifier
-- @p5 actorId: identifier
-- @p6 targetType: identifier
-- @p7 targetId: identifier
-- @p8 clientId: id
-- @p9 requestId: identifier
-- @p10 ip: identifier
-- @p11 from: instant
-- @p12 to: instant
-- @p13 exact: identifier
-- @p14 afterValue: instant
-- @p15 afterId: id
-- @p16 take: integer
SELECT t."id", t."occurredAt", t."event", t."result", t."actorType", t."actorId", t."actorTenantId", t."targetType",
  t."targetId", t."clientId", t."sessionId", t."occurrences", t."detail", t."requestId", t."ip", t."userAgent", t."occurredAt" AS "sortValue", t."id" AS "sortId"
FROM "audit_event" t
WHERE t."tenantId" = @p0
  AND (t."event" IN (SELECT CAST(e."value" AS varchar(255)) COLLATE Latin1_General_100_BIN2_UTF8
          FROM STRING_SPLIT(@p1, ',') AS e))
  AND (t."result" = 'failure' AND @p2 = 'failure')
  AND (t."result" = 'success' AND @p3 = 'success')
  AND (t."actorType" = @p4)
  AND (t."actorId" = @p5)
  AND (t."targetType" = @p6)
  AND (t."targetId" = @p7)
  AND (t."clientId" = @p8)
  AND (t."requestId" = @p9)
  AND (t."ip" = @p10)
  AND (t."occurredAt" >= @p11)
  AND (t."occurredAt" <= @p12)
  AND (t."actorId" = @p13 OR t."targetId" = @p13 OR t."requestId" = @p13 OR t."ip" = @p13)
  AND (t."occurredAt" > @p14 OR (t."occurredAt" = @p14 AND t."id" > @p15))
ORDER BY t."occurredAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p16 ROWS ONLY

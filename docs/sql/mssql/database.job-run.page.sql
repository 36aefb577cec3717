-- database.job-run.page
-- @p0 job: identifier
-- @p1 failed: boolean
-- @p2 afterValue: instant
-- @p3 afterId: id
-- @p4 take: integer
SELECT t."id", t."job", t."fence", t."startedAt", t."endedAt", t."summary", t."error", t."instance", t."startedAt" AS "sortValue", t."id" AS "sortId"
FROM "job_run" t
WHERE 1 = 1
  AND (t."job" = @p0)
  AND (CASE WHEN t."error" IS NULL THEN 0 ELSE 1 END = @p1)
  AND (t."startedAt" > @p2 OR (t."startedAt" = @p2 AND t."id" > @p3))
ORDER BY t."startedAt" ASC, t."id" ASC
OFFSET 0 ROWS FETCH NEXT @p4 ROWS ONLY

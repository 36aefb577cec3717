-- database.job-run.page
-- $1 job: identifier
-- $2 failed: boolean
-- $3 afterValue: instant
-- $4 afterId: id
-- $5 take: integer
SELECT t."id", t."job", t."fence", t."startedAt", t."endedAt", t."summary", t."error", t."instance", t."startedAt" AS "sortValue", t."id" AS "sortId"
FROM "job_run" t
WHERE 1 = 1
  AND (t."job" = $1::text)
  AND ((t."error" IS NOT NULL) = $2::boolean)
  AND (t."startedAt", t."id") > ($3::timestamptz, $4::uuid)
ORDER BY t."startedAt" ASC, t."id" ASC
LIMIT $5::integer

-- database.job-run.end
-- @p0 now: instant
-- @p1 summary: text
-- @p2 error: text
-- @p3 id: id
UPDATE "job_run" SET "endedAt" = @p0, "summary" = @p1, "error" = @p2 WHERE "id" = @p3

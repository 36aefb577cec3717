-- database.job-run.last
-- @p0 job: identifier
SELECT "id", "job", "fence", "startedAt", "endedAt", "summary", "error", "instance" FROM "job_run"
WHERE "job" = @p0 ORDER BY "startedAt" DESC, "id" DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY

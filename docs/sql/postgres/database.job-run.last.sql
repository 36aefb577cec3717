-- database.job-run.last
-- $1 job: identifier
SELECT "id", "job", "fence", "startedAt", "endedAt", "summary", "error", "instance" FROM "job_run"
WHERE "job" = $1::text ORDER BY "startedAt" DESC, "id" DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY

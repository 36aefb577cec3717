-- database.job-run.purge
-- @p0 before: instant
DELETE FROM "job_run" WHERE "startedAt" < @p0

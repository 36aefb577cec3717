-- database.job-run.purge
-- $1 before: instant
DELETE FROM "job_run" WHERE "startedAt" < $1::timestamptz

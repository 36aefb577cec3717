-- database.examination.job-runs
SELECT "job", MAX("startedAt") AS "startedAt" FROM "job_run" GROUP BY "job"

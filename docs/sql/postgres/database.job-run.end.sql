-- database.job-run.end
-- $1 now: instant
-- $2 summary: text
-- $3 error: text
-- $4 id: id
UPDATE "job_run" SET "endedAt" = $1::timestamptz, "summary" = $2::text, "error" = $3::text WHERE "id" = $4::uuid

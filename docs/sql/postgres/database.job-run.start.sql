-- database.job-run.start
-- $1 id: id
-- $2 job: identifier
-- $3 fence: bigint
-- $4 now: instant
-- $5 instance: identifier
INSERT INTO "job_run" ("id", "job", "fence", "startedAt", "instance") VALUES ($1::uuid, $2::text, $3::bigint, $4::timestamptz, $5::text)

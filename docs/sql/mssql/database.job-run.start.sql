-- database.job-run.start
-- @p0 id: id
-- @p1 job: identifier
-- @p2 fence: bigint
-- @p3 now: instant
INSERT INTO "job_run" ("id", "job", "fence", "startedAt") VALUES (@p0, @p1, @p2, @p3)

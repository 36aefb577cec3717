-- database.job-run.start
-- @p0 id: id
-- @p1 job: identifier
-- @p2 fence: bigint
-- @p3 now: instant
-- @p4 instance: identifier
INSERT INTO "job_run" ("id", "job", "fence", "startedAt", "instance") VALUES (@p0, @p1, @p2, @p3, @p4)

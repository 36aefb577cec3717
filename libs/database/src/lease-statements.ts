import { statement } from './statement';

// The database's own clock decides: instances need not agree on the time.
export const ACQUIRE_LEASE = statement({
  name: 'database.lease.acquire',
  parameters: { name: 'identifier', holder: 'id', ttl: 'integer' },
  postgres: `
    INSERT INTO "lease" AS l ("name", "holder", "fence", "expiresAt")
    VALUES (:name, :holder, 1, clock_timestamp() + make_interval(secs => :ttl))
    ON CONFLICT ("name") DO UPDATE SET
      "holder" = excluded."holder", "fence" = l."fence" + 1, "expiresAt" = excluded."expiresAt"
    WHERE l."expiresAt" <= clock_timestamp()
    RETURNING "fence"`,
  mssql: `
    MERGE "lease" WITH (HOLDLOCK) AS l USING (SELECT :name AS "name") AS n ON l."name" = n."name"
    WHEN MATCHED AND l."expiresAt" <= SYSDATETIMEOFFSET() THEN UPDATE SET
      "holder" = :holder, "fence" = l."fence" + 1, "expiresAt" = DATEADD(second, :ttl, SYSDATETIMEOFFSET())
    WHEN NOT MATCHED THEN INSERT ("name", "holder", "fence", "expiresAt")
      VALUES (:name, :holder, 1, DATEADD(second, :ttl, SYSDATETIMEOFFSET()))
    OUTPUT inserted."fence";`,
});

export const RENEW_LEASE = statement({
  name: 'database.lease.renew',
  parameters: { name: 'identifier', holder: 'id', fence: 'bigint', ttl: 'integer' },
  postgres: `
    UPDATE "lease" SET "expiresAt" = clock_timestamp() + make_interval(secs => :ttl)
    WHERE "name" = :name AND "holder" = :holder AND "fence" = :fence AND "expiresAt" > clock_timestamp()`,
  mssql: `
    UPDATE "lease" SET "expiresAt" = DATEADD(second, :ttl, SYSDATETIMEOFFSET())
    WHERE "name" = :name AND "holder" = :holder AND "fence" = :fence AND "expiresAt" > SYSDATETIMEOFFSET()`,
});

/** The row stays, so that the fence only grows. */
export const RELEASE_LEASE = statement({
  name: 'database.lease.release',
  parameters: { name: 'identifier', holder: 'id', fence: 'bigint' },
  postgres: `
    UPDATE "lease" SET "expiresAt" = clock_timestamp()
    WHERE "name" = :name AND "holder" = :holder AND "fence" = :fence AND "expiresAt" > clock_timestamp()`,
  mssql: `
    UPDATE "lease" SET "expiresAt" = SYSDATETIMEOFFSET()
    WHERE "name" = :name AND "holder" = :holder AND "fence" = :fence AND "expiresAt" > SYSDATETIMEOFFSET()`,
});

/** Locks the row until the transaction ends, so that nobody can take the lease over in between. */
export const HOLD_LEASE = statement({
  name: 'database.lease.hold',
  parameters: { name: 'identifier', holder: 'id', fence: 'bigint' },
  postgres: `
    SELECT "fence" FROM "lease"
    WHERE "name" = :name AND "holder" = :holder AND "fence" = :fence AND "expiresAt" > clock_timestamp()
    FOR UPDATE`,
  mssql: `
    SELECT "fence" FROM "lease" WITH (UPDLOCK, HOLDLOCK)
    WHERE "name" = :name AND "holder" = :holder AND "fence" = :fence AND "expiresAt" > SYSDATETIMEOFFSET()`,
});

export const START_RUN = statement({
  name: 'database.job-run.start',
  parameters: { id: 'id', job: 'identifier', fence: 'bigint', now: 'instant', instance: 'identifier' },
  sql: `INSERT INTO "job_run" ("id", "job", "fence", "startedAt", "instance") VALUES (:id, :job, :fence, :now, :instance)`,
});

export const END_RUN = statement({
  name: 'database.job-run.end',
  parameters: { id: 'id', now: 'instant', summary: 'text', error: 'text' },
  sql: `UPDATE "job_run" SET "endedAt" = :now, "summary" = :summary, "error" = :error WHERE "id" = :id`,
});

export const PURGE_RUNS = statement({
  name: 'database.job-run.purge',
  parameters: { before: 'instant' },
  sql: `DELETE FROM "job_run" WHERE "startedAt" < :before`,
});

/** What is held just now, by the database's own clock. */
export const HELD_LEASES = statement({
  name: 'database.lease.held',
  parameters: {},
  postgres: `SELECT "name", "fence", "expiresAt" FROM "lease" WHERE "expiresAt" > clock_timestamp()`,
  mssql: `SELECT "name", "fence", "expiresAt" FROM "lease" WHERE "expiresAt" > SYSDATETIMEOFFSET()`,
});

export const LAST_RUN = statement({
  name: 'database.job-run.last',
  parameters: { job: 'identifier' },
  sql: `SELECT "id", "job", "fence", "startedAt", "endedAt", "summary", "error", "instance" FROM "job_run"
    WHERE "job" = :job ORDER BY "startedAt" DESC, "id" DESC OFFSET 0 ROWS FETCH NEXT 1 ROWS ONLY`,
});

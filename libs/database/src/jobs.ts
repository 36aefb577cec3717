import { List } from './lists/list';

/** A job that the server does by itself. Whoever does it registers it with `Leases`, by the name of its lease. */
export interface JobDefinition {
  readonly name: string;
  /** for people, a sentence */
  readonly description: string;
  /** as cron has it, with seconds */
  readonly schedule: string;
  /** does it now, unless another instance is at it */
  readonly run: () => Promise<unknown>;
}

/** One time that a job was done. */
export interface JobRun {
  readonly id: string;
  readonly job: string;
  readonly fence: number;
  readonly startedAt: Date;
  /** null while it is done, or when its instance died over it */
  readonly endedAt: Date | null;
  readonly summary: string | null;
  readonly error: string | null;
  /** null for runs of a version that did not write it down */
  readonly instance: string | null;
}

/** A lease that somebody holds just now. */
export interface HeldLease {
  readonly name: string;
  readonly fence: number;
  readonly expiresAt: Date;
}

export const JOB_RUNS = new List<JobRun>({
  name: 'database.job-run.page',
  isShared: true,
  select: `t."id", t."job", t."fence", t."startedAt", t."endedAt", t."summary", t."error", t."instance"`,
  from: '"job_run" t',
  sorts: { startedAt: { column: 't."startedAt"', type: 'instant' } },
  filters: {
    job: { type: 'identifier', condition: 't."job" = :value' },
    failed: {
      type: 'boolean',
      condition: {
        postgres: '(t."error" IS NOT NULL) = :value',
        mssql: 'CASE WHEN t."error" IS NULL THEN 0 ELSE 1 END = :value',
      },
    },
  },
});

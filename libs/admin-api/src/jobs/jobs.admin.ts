import { Injectable, Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Database, type HeldLease, JOB_RUNS, type JobDefinition, type JobRun, Leases } from '@tokenidp/database';
import { Clock, ProblemError } from '@tokenidp/kernel';
import type { AdminCall } from '../admin-call';
import { AdminTrail } from '../admin-trail';
import { readPage } from '../lists/page';
import type { JobDto, JobLockDto, JobRunDto, JobRunPageDto, JobsDto, JobStartDto, ListJobRunsDto } from './job.dto';

const MAX_TEXT = 2000;

/** What the server does by itself, as the operators of the system tenant see it. */
@Injectable()
export class JobsAdmin {
  private readonly logger = new Logger(JobsAdmin.name);

  constructor(
    private readonly database: Database,
    private readonly leases: Leases,
    private readonly scheduler: SchedulerRegistry,
    private readonly trail: AdminTrail,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<JobsDto> {
    const held = await this.leases.held();
    const items = await Promise.all(this.leases.jobs().map((job) => this.view(job, held)));
    return { items, nextCursor: null };
  }

  async get(name: string): Promise<JobDto> {
    return this.view(this.find(name), await this.leases.held());
  }

  async runs(name: string, tenantId: string, query: ListJobRunsDto): Promise<JobRunPageDto> {
    const { limit, cursor, sort = '-startedAt', failed } = query;
    const filters = { job: this.find(name).name, failed };
    const held = await this.leases.held();
    const list = { list: JOB_RUNS, database: this.database, tenantId };
    return readPage(list, { limit, cursor, sort, filters }, (run) => runView(run, held));
  }

  /** Begins and does not wait: a job may take long. */
  async run(name: string, call: AdminCall): Promise<JobStartDto> {
    const job = this.find(name);
    const held = await this.leases.held();
    if (held.some((lease) => lease.name === job.name)) {
      throw new ProblemError('conflict', 'An instance is at that job just now.');
    }
    const { actor, request } = call.change();
    const target = { type: 'job', id: job.name };
    await this.trail.record(call.tenantId, { event: 'job.started', actor, request, target });
    const startedAt = this.clock.now();
    job.run().catch((error: unknown) => this.logger.error(`${job.name}: ${String(error)}`));
    return { name: job.name, startedAt };
  }

  private find(name: string): JobDefinition {
    const job = this.leases.jobs().find((each) => each.name === name);
    if (!job) throw new ProblemError('not-found', 'There is no such job.');
    return job;
  }

  private async view({ name, description, schedule }: JobDefinition, held: readonly HeldLease[]): Promise<JobDto> {
    const last = await this.leases.lastRun(name);
    const lease = held.find((each) => each.name === name);
    return {
      ...{ name, description, schedule },
      nextRunAt: this.nextRunAt(name),
      lastRun: last && runView(last, held),
      lock: lease ? lockView(lease, last) : null,
    };
  }

  private nextRunAt(name: string): Date | null {
    if (!this.scheduler.doesExist('cron', name)) return null;
    return this.scheduler.getCronJob(name).nextDate().toJSDate();
  }
}

/** Whoever has taken the lease writes down a moment later that the run has begun. */
function lockView({ fence, expiresAt }: HeldLease, last: JobRun | null): JobLockDto {
  const isHolder = last !== null && Number(last.fence) === Number(fence);
  return { instance: isHolder ? last.instance : null, expiresAt };
}

function runView(
  { id, startedAt, endedAt, summary, error, instance, ...run }: JobRun,
  held: readonly HeldLease[],
): JobRunDto {
  const isHeld = held.some(({ name, fence }) => name === run.job && Number(fence) === Number(run.fence));
  const ended = error === null ? 'success' : 'failure';
  return {
    ...{ id, startedAt, endedAt, instance },
    milliseconds: endedAt && endedAt.getTime() - startedAt.getTime(),
    result: endedAt ? ended : isHeld ? 'running' : 'lost',
    summary: summary && summary.slice(0, MAX_TEXT),
    error: error && error.slice(0, MAX_TEXT),
  };
}

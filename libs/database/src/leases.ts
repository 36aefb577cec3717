import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@tokenidp/kernel';
import { Database } from './database';
import { Lease } from './lease';
import { hostname } from 'node:os';
import type { HeldLease, JobDefinition, JobRun } from './jobs';
import { ACQUIRE_LEASE, END_RUN, HELD_LEASES, LAST_RUN, PURGE_RUNS, START_RUN } from './lease-statements';

const RENEWALS_PER_TTL = 3;

/** This process among all that work on the database. */
const INSTANCE = `${hostname()}/${process.pid}`.slice(0, 255);

/** Told of a job that failed. */
export type JobFailure = (job: string, error: unknown) => Promise<void>;

/** Lets exactly one instance do a job, and knows all jobs there are. */
@Injectable()
export class Leases {
  private readonly known = new Map<string, JobDefinition>();
  private readonly failures: JobFailure[] = [];

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Call it before the first run, for every job. @throws Error when the name is taken */
  register(job: JobDefinition): void {
    if (this.known.has(job.name)) throw new Error(`there are two jobs of the name ${job.name}`);
    this.known.set(job.name, job);
  }

  /** Every job of this server, by name. */
  jobs(): JobDefinition[] {
    return [...this.known.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** What is held just now, on whichever instance. */
  held(): Promise<HeldLease[]> {
    return this.database.rows<HeldLease>(HELD_LEASES, {});
  }

  async lastRun(job: string): Promise<JobRun | null> {
    return (await this.database.rows<JobRun>(LAST_RUN, { job }))[0] ?? null;
  }

  onFailure(tell: JobFailure): void {
    this.failures.push(tell);
  }

  /** The lease when it was free or had run out, else null. */
  async acquire(name: string, ttlSeconds: number): Promise<Lease | null> {
    const holder = newId();
    const [row] = await this.database.rows<{ fence: number }>(ACQUIRE_LEASE, { name, holder, ttl: ttlSeconds });
    return row ? new Lease(this.database, name, BigInt(row.fence), { holder, ttlSeconds }) : null;
  }

  /**
   * Does `work` if no other instance is at it, renews the lease meanwhile and writes a `job_run` with the summary that
   * `work` resolves to, or its error, which is thrown on. False when another instance holds the lease.
   * @throws Error for a job that nobody has registered: it would run unseen
   */
  async run(job: string, ttlSeconds: number, work: (lease: Lease) => Promise<string>): Promise<boolean> {
    if (!this.known.has(job)) throw new Error(`the job ${job} is not registered`);
    const lease = await this.acquire(job, ttlSeconds);
    if (!lease) return false;
    const renewal = setInterval(() => void renewQuietly(lease), (ttlSeconds * 1000) / RENEWALS_PER_TTL);
    renewal.unref();
    try {
      await this.record(job, lease, work);
    } finally {
      clearInterval(renewal);
      // The lease ends by itself when the database is away just now.
      await lease.release().catch(() => {});
    }
    return true;
  }

  /** Forgets runs that started before an instant; returns how many. */
  purgeRuns(before: Date): Promise<number> {
    return this.database.execute(PURGE_RUNS, { before });
  }

  private async record(job: string, lease: Lease, work: (lease: Lease) => Promise<string>): Promise<void> {
    const id = newId();
    await this.database.execute(START_RUN, {
      ...{ id, job, fence: lease.fence, now: this.clock.now(), instance: INSTANCE },
    });
    try {
      const summary = await work(lease);
      await this.database.execute(END_RUN, { id, now: this.clock.now(), summary, error: null });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const ended = { id, now: this.clock.now(), summary: null, error: message };
      await this.database.execute(END_RUN, ended).catch(() => {});
      for (const tell of this.failures) await tell(job, error).catch(() => {});
      throw error;
    }
  }
}

/** A renewal that could not be sent is tried again; the lease's own end is the limit. */
async function renewQuietly(lease: Lease): Promise<void> {
  try {
    await lease.renew();
  } catch {
    // The next renewal decides.
  }
}

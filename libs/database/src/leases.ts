import { Injectable } from '@nestjs/common';
import { Clock, newId } from '@tokenidp/kernel';
import { Database } from './database';
import { Lease } from './lease';
import { ACQUIRE_LEASE, END_RUN, PURGE_RUNS, START_RUN } from './lease-statements';

const RENEWALS_PER_TTL = 3;

/** Lets exactly one instance do a job. */
@Injectable()
export class Leases {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The lease when it was free or had run out, else null. */
  async acquire(name: string, ttlSeconds: number): Promise<Lease | null> {
    const holder = newId();
    const [row] = await this.database.rows<{ fence: number }>(ACQUIRE_LEASE, { name, holder, ttl: ttlSeconds });
    return row ? new Lease(this.database, name, BigInt(row.fence), { holder, ttlSeconds }) : null;
  }

  /**
   * Does `work` if no other instance is at it, renews the lease meanwhile and writes a `job_run` with the summary that
   * `work` resolves to, or its error, which is thrown on. False when another instance holds the lease.
   */
  async run(job: string, ttlSeconds: number, work: (lease: Lease) => Promise<string>): Promise<boolean> {
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
    await this.database.execute(START_RUN, { id, job, fence: lease.fence, now: this.clock.now() });
    try {
      const summary = await work(lease);
      await this.database.execute(END_RUN, { id, now: this.clock.now(), summary, error: null });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const ended = { id, now: this.clock.now(), summary: null, error: message };
      await this.database.execute(END_RUN, ended).catch(() => {});
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

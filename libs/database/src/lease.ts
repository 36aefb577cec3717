import type { Database } from './database';
import { HOLD_LEASE, RELEASE_LEASE, RENEW_LEASE } from './lease-statements';
import type { Transaction } from './transaction';

/** Somebody else may hold it by now. */
export class LeaseLostError extends Error {
  constructor(name: string) {
    super(`the lease "${name}" was lost`);
    this.name = 'LeaseLostError';
  }
}

/** The right to do a job, until it ends or is not renewed in time. */
export class Lease {
  private readonly ended = new AbortController();

  constructor(
    private readonly database: Database,
    readonly name: string,
    /** larger than that of every earlier holder */
    readonly fence: bigint,
    private readonly claim: { holder: string; ttlSeconds: number },
  ) {}

  /** Aborted when a renewal has failed: stop working. */
  get signal(): AbortSignal {
    return this.ended.signal;
  }

  /** Another `ttlSeconds` from now; false when it was lost, and then for good. */
  async renew(): Promise<boolean> {
    if (this.ended.signal.aborted) return false;
    const { holder, ttlSeconds } = this.claim;
    const renewed = await this.database.execute(RENEW_LEASE, {
      name: this.name,
      holder,
      fence: this.fence,
      ttl: ttlSeconds,
    });
    if (renewed === 0) this.ended.abort(new LeaseLostError(this.name));
    return renewed === 1;
  }

  /**
   * Makes `tx` commit only under this lease: nobody can take it over before `tx` ends.
   * @throws LeaseLostError when it is already lost
   */
  async hold(tx: Transaction): Promise<void> {
    const key = { name: this.name, holder: this.claim.holder, fence: this.fence };
    const rows = await this.database.rows(HOLD_LEASE, key, tx);
    if (rows.length === 0) throw new LeaseLostError(this.name);
  }

  async release(): Promise<void> {
    const key = { name: this.name, holder: this.claim.holder, fence: this.fence };
    await this.database.execute(RELEASE_LEASE, key);
  }
}

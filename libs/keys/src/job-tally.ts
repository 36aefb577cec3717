import type { Logger } from '@nestjs/common';
import { LeaseLostError } from '@tokenidp/database';
import { UnavailableError } from '@tokenidp/kernel';

/** What a walk over many keys did. What fails for one key must not keep the others from theirs. */
export class JobTally {
  private done = 0;
  private failed = 0;

  constructor(
    private readonly logger: Logger,
    private readonly noun = 'signing key',
  ) {}

  /** Adds the number of changes that `work` resolves to. Throws when the lease or the database is lost. */
  async add({ tenantId, id }: { tenantId: string; id: string }, work: () => Promise<number>): Promise<void> {
    try {
      this.done += await work();
    } catch (error) {
      if (error instanceof LeaseLostError || error instanceof UnavailableError) throw error;
      this.failed++;
      this.logger.error(`${this.noun} ${id} of tenant ${tenantId}: ${String(error)}`);
    }
  }

  /** @throws Error when anything failed, so that the run is recorded as a failed one */
  summary(): string {
    if (this.failed > 0) throw new Error(`${this.done} changes, ${this.failed} keys failed`);
    return `${this.done} changes`;
  }
}

/** For timers: a job that fails is logged and runs again. */
export async function runQuietly(logger: Logger, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logger.error(`the run failed, there will be another one: ${String(error)}`);
  }
}

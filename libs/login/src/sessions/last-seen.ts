import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { SessionsRepository } from './sessions.repository';

/** Writes the last use of sessions behind the answer, each session once at a time; what is under way is waited for at the end. */
@Injectable()
export class LastSeen implements BeforeApplicationShutdown {
  private readonly logger = new Logger(LastSeen.name);
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(private readonly repository: SessionsRepository) {}

  write(session: { tenantId: string; id: string }, now: Date, idleExpiresAt: Date): void {
    const { tenantId, id } = session;
    if (this.underWay.has(id)) return;
    const written = this.repository
      .touch(tenantId, id, now, idleExpiresAt)
      .catch((error: unknown) => this.logger.warn(`last use of a session was not written: ${String(error)}`))
      .finally(() => this.underWay.delete(id));
    this.underWay.set(id, written);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay.values());
  }
}

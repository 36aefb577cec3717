import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Database, type Lease, LeaseLostError, Leases } from '@tokenidp/database';
import { Clock, KeyedHash, MasterKeys } from '@tokenidp/kernel';
import { AuditObservers, type RecordedEvent } from '../audit-observers';
import { MachineTokenCounts } from '../machine-token-counts';
import { ChainHash, newChain } from './chain-hash';
import { type NewSeal, SealingRepository, type StoredChain } from './sealing.repository';

const LEASE = 'audit-sealing';
const SCHEDULE = '*/3 * * * * *';
const LEASE_SECONDS = 60;
const BATCH = 1000;
/** A state that was tampered with stays so for good: what is sealed after it cannot mend it. */
const BROKEN = 'broken';

/**
 * Appends what was recorded to the chains of the tenants: behind the requests, on one instance at a time, so that no
 * event waits for another one. The order of a chain is the order in which its events were found.
 */
@Injectable()
export class AuditSealing implements BeforeApplicationShutdown, OnModuleInit {
  private readonly logger = new Logger(AuditSealing.name);
  private readonly hash: ChainHash;
  private underWay: Promise<number> | undefined;

  constructor(
    private readonly database: Database,
    private readonly repository: SealingRepository,
    private readonly observers: AuditObservers,
    private readonly counts: MachineTokenCounts,
    private readonly leases: Leases,
    private readonly clock: Clock,
    keys: MasterKeys,
  ) {
    this.hash = new ChainHash(new KeyedHash(keys));
  }

  onModuleInit(): void {
    this.leases.register({
      name: LEASE,
      description: 'Appends what was recorded to the chains of the audit trail.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: LEASE })
  async run(): Promise<void> {
    try {
      await this.seal();
    } catch (error) {
      this.logger.warn(`the audit trail is sealed later: ${String(error)}`);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.counts.flush('all').catch(() => {});
    await this.run();
  }

  /** Seals what there is, unless another instance is at it; how many events. One call at a time. */
  seal(): Promise<number> {
    this.underWay ??= this.sealUnderLease().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async sealUnderLease(): Promise<number> {
    const lease = await this.leases.acquire(LEASE, LEASE_SECONDS);
    if (!lease) return 0;
    try {
      return await this.sealAll(lease);
    } finally {
      await lease.release().catch(() => {});
    }
  }

  /** A mark that was settled before everything up to it was sealed is where the next run begins. */
  private async sealAll(lease: Lease): Promise<number> {
    const { low, mark, isSettled } = await this.repository.progress();
    let sealed = 0;
    for (let from = low; ;) {
      const { events, last } = await this.repository.unsealed(from, BATCH);
      from = last;
      if (events.length > 0) await this.sealBatch(events, lease);
      sealed += events.length;
      if (events.length < BATCH) break;
      if (!(await lease.renew())) throw new LeaseLostError(LEASE);
    }
    if (sealed > 0 || mark !== null) await this.advance(isSettled ? mark : null, lease);
    return sealed;
  }

  private async sealBatch(events: readonly RecordedEvent[], lease: Lease): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lease.hold(tx);
      const tenantIds = [...new Set(events.map(({ tenantId }) => tenantId))];
      const chains = await this.repository.lockChains(tenantIds, tx);
      const seals = this.appended(events, chains);
      await this.repository.append(seals, [...chains.values()], tx);
      await this.observers.recorded(events, tx);
    });
  }

  /** The seals of the events; `chains` then ends with them. */
  private appended(events: readonly RecordedEvent[], chains: Map<string, StoredChain>): NewSeal[] {
    const sealedAt = this.clock.now();
    const broken = new Set([...chains.values()].filter((each) => !this.isSound(each)).map(({ tenantId }) => tenantId));
    const seals = events.map((event) => {
      const { tenantId, id } = event;
      const chain = chains.get(tenantId) ?? { ...newChain(tenantId), stateHash: '' };
      const sequence = chain.headSequence + 1;
      const hash = this.hash.link(chain.headHash, sequence, event);
      chains.set(tenantId, { ...chain, headSequence: sequence, headHash: hash });
      return { tenantId, sequence, eventId: id, hash, sealedAt };
    });
    for (const chain of chains.values()) {
      const stateHash = broken.has(chain.tenantId) ? BROKEN : this.hash.state(chain);
      chains.set(chain.tenantId, { ...chain, stateHash });
    }
    return seals;
  }

  private isSound(chain: StoredChain): boolean {
    if (this.hash.isState(chain.stateHash, chain)) return true;
    this.logger.error(`the end of the audit chain of tenant ${chain.tenantId} was changed in the database`);
    return false;
  }

  private async advance(settled: number | null, lease: Lease): Promise<void> {
    await this.database.transaction(async (tx) => {
      await lease.hold(tx);
      if (settled !== null) await this.repository.settle(settled, tx);
      await this.repository.mark(tx);
    });
  }
}

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { Database, Leases, type Transaction } from '@tokenidp/database';
import { Clock, KeyedHash, MasterKeys } from '@tokenidp/kernel';
import { type Tenant, TenantsService } from '@tokenidp/tenancy';
import { ChainHash } from './chain-hash';
import { type ChainLink, ChainRepository } from './chain.repository';
import { SealingRepository } from './sealing.repository';

const JOB = 'audit-retention';
const SCHEDULE = '0 17 * * * *';
const LEASE_SECONDS = 300;
const BATCH = 1000;
const TENANTS = 200;
const DAY_MILLISECONDS = 24 * 3600 * 1000;

/**
 * Once an hour, on one instance: events that are older than their tenant wants them go, from the beginning of the chain
 * on, which then begins where they ended. What is not sealed yet is not old yet.
 */
@Injectable()
export class AuditRetention implements OnModuleInit {
  private readonly hash: ChainHash;

  constructor(
    private readonly database: Database,
    private readonly repository: ChainRepository,
    private readonly sealing: SealingRepository,
    private readonly tenants: TenantsService,
    private readonly leases: Leases,
    private readonly clock: Clock,
    keys: MasterKeys,
  ) {
    this.hash = new ChainHash(new KeyedHash(keys));
  }

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Deletes events of the audit trail that are older than their tenant wants them.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: JOB })
  async run(): Promise<void> {
    await this.leases.run(JOB, LEASE_SECONDS, async ({ signal }) => {
      let deleted = 0;
      let page = await this.tenants.list({ take: TENANTS });
      while (page.length > 0 && !signal.aborted) {
        for (const tenant of page) deleted += await this.purge(tenant, signal);
        page = await this.tenants.list({ after: page.at(-1)!.slug, take: TENANTS });
      }
      return `${deleted} deleted`;
    });
  }

  /** How many events of the tenant are gone. */
  async purge({ id, settings }: Tenant, signal?: AbortSignal): Promise<number> {
    const before = this.clock.now().getTime() - settings.audit.retentionDays * DAY_MILLISECONDS;
    let deleted = 0;
    for (let last = BATCH; last === BATCH && !signal?.aborted; deleted += last) last = await this.batch(id, before);
    return deleted;
  }

  private async batch(tenantId: string, before: number): Promise<number> {
    const chain = await this.repository.find(tenantId);
    if (!chain) return 0;
    const links = await this.repository.links(tenantId, chain.anchorSequence, BATCH);
    const firstKept = links.findIndex((link) => !isOld(link, before));
    const old = firstKept < 0 ? links : links.slice(0, firstKept);
    const last = old.at(-1);
    if (!last) return 0;
    await this.database.transaction((tx) => this.cut(tenantId, chain.anchorSequence, last, tx));
    return old.length;
  }

  /** A state that was tampered with is not made good by it. */
  private async cut(tenantId: string, after: number, { sequence, hash }: ChainLink, tx: Transaction): Promise<void> {
    const chain = await this.repository.lock(tenantId, tx);
    if (chain?.anchorSequence !== after) return;
    await this.repository.deleteUpTo(tenantId, after, sequence, tx);
    const state = { ...chain, anchorSequence: sequence, anchorHash: hash };
    const stateHash = this.hash.isState(chain.stateHash, chain) ? this.hash.state(state) : chain.stateHash;
    await this.sealing.setChains([{ ...state, stateHash }], tx);
  }
}

/** Of a clock that ran ahead, or of an event that is gone, the seal tells the time. */
function isOld({ event, sealedAt }: ChainLink, before: number): boolean {
  return sealedAt.getTime() < before || (event !== null && event.occurredAt.getTime() < before);
}

/** @spec OIDC Back-Channel Logout §2, S-121 — clients hear also of sessions that nobody has ended: their time was over. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { SignOut } from '@tokenidp/oauth';

const JOB = 'login.session-expiry';
const SCHEDULE = CronExpression.EVERY_MINUTE;
const LEASE_SECONDS = 120;
/** Each costs a few statements: small enough for a transaction that holds nobody up. */
const BATCH = 100;
const MAX_BATCHES = 100;

/** Ends sessions whose time is over, in batches; one instance at a time. */
@Injectable()
export class SessionExpiry implements OnModuleInit {
  constructor(
    private readonly signOut: SignOut,
    private readonly leases: Leases,
  ) {}

  onModuleInit(): void {
    this.leases.register({
      name: JOB,
      description: 'Ends sessions whose time is over, so that clients hear of it.',
      schedule: SCHEDULE,
      run: () => this.run(),
    });
  }

  @Cron(SCHEDULE, { name: JOB })
  async run(): Promise<void> {
    await this.leases.run(JOB, LEASE_SECONDS, async (lease) => {
      let ended = 0;
      for (let round = 0; round < MAX_BATCHES && !lease.signal.aborted; round += 1) {
        const count = await this.signOut.expire(BATCH, (tx) => lease.hold(tx));
        ended += count;
        if (count < BATCH) break;
        await lease.renew();
      }
      return ended > 0 ? `ended: session ${ended}` : 'nothing has ended';
    });
  }
}

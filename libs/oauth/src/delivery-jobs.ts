import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CronExpression } from '@nestjs/schedule';
import { Leases } from '@tokenidp/database';
import { PING, PingDeliveries } from './backchannel/ping-deliveries';
import { PUSH, PushDeliveries } from './backchannel/push-deliveries';
import { BACKCHANNEL_LOGOUT, BackchannelDeliveries } from './end-session/backchannel-deliveries';

/** Deliveries have no lease: several instances share them message by message. Administrators see them all the same. */
@Injectable()
export class DeliveryJobs implements OnModuleInit {
  constructor(
    private readonly leases: Leases,
    private readonly pings: PingDeliveries,
    private readonly pushes: PushDeliveries,
    private readonly logouts: BackchannelDeliveries,
  ) {}

  onModuleInit(): void {
    const schedule = CronExpression.EVERY_5_SECONDS;
    this.leases.register({
      name: PING,
      description: 'Tells clients that their back-channel request was decided; what failed is tried again.',
      schedule,
      run: () => this.pings.deliver(),
    });
    this.leases.register({
      name: PUSH,
      description: 'Sends tokens to clients that have them pushed; what failed is tried again.',
      schedule,
      run: () => this.pushes.deliver(),
    });
    this.leases.register({
      name: BACKCHANNEL_LOGOUT,
      description: 'Tells clients of sessions that have ended; what failed is tried again.',
      schedule,
      run: () => this.logouts.deliver(),
    });
  }
}

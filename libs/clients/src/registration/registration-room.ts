/** @spec RFC 7591 §5 — how many clients may come by themselves is limited, exactly. */
import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tokenidp/database';
import { Clock } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { RegistrationError } from './registration-error';
import { RegistrationRepository } from './registration.repository';

const DAY_MILLISECONDS = 86_400_000;

@Injectable()
export class RegistrationRoom {
  constructor(
    private readonly repository: RegistrationRepository,
    private readonly clock: Clock,
  ) {}

  /** In the transaction of the new client, before it is there. @throws RegistrationError (`too-many-clients`) */
  async assert(tenant: Tenant, tx: Transaction): Promise<void> {
    const { maxClients, unusedDays } = tenant.settings.registration;
    const since = unusedDays === 0 ? 0 : this.clock.now().getTime() - unusedDays * DAY_MILLISECONDS;
    if ((await this.repository.countHeld(tenant.id, new Date(since), tx)) < maxClients) return;
    throw new RegistrationError('too-many-clients', 'no more clients can be registered here');
  }
}

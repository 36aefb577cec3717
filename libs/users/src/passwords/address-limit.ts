/** @spec OWASP ASVS 5.0 §6.1.1 — failures are also counted by where they come from: the address, or the /64 of IPv6 (S-134). */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Counters } from '@tokenidp/database';
import { Clock, networkOf, type RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';

const WINDOW_SECONDS = 60;

@Injectable()
export class AddressLimit {
  constructor(
    private readonly counters: Counters,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Seconds until the address may try again; 0 when it may now. */
  async wait(tenant: Tenant, ip: string): Promise<number> {
    const window = await this.counters.get(tenant.id, key(ip));
    if (!window || window.count < tenant.settings.limits.passwordPerAddressPerMinute) return 0;
    return Math.max(0, window.resetAt.getTime() - this.clock.now().getTime()) / 1000;
  }

  /** Counts a failure; the one that fills the window is noted in the audit trail. */
  async countFailure(tenant: Tenant, request: RequestContext): Promise<void> {
    const { count } = await this.counters.hit(tenant.id, key(request.ip), WINDOW_SECONDS);
    if (count !== tenant.settings.limits.passwordPerAddressPerMinute) return;
    const detail = { limit: 'password-per-address', count };
    const event = { event: 'rate-limit.hit', result: 'failure', actor: { type: 'system' }, detail, request } as const;
    await this.audit.record(tenant.id, event);
  }
}

function key(ip: string): string {
  return `password:${networkOf(ip)}`;
}

/** @spec RFC 7591 §5, OWASP ASVS 5.0 §10.4.7 — registrations of strangers, and guesses at tokens, are limited by address. */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Counters } from '@tokenidp/database';
import { Clock, networkOf, type RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { RegistrationError } from './registration-error';

const WINDOW_SECONDS = 3600;

@Injectable()
export class RegistrationLimit {
  constructor(
    private readonly counters: Counters,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Counts one more from the address. @throws RegistrationError (`too-many-requests`) when it is one too many */
  async count(tenant: Tenant, context: RequestContext): Promise<void> {
    const limit = tenant.settings.limits.registrationsPerAddressPerHour;
    const key = `registration:${networkOf(context.ip)}`;
    const { count, resetAt } = await this.counters.hit(tenant.id, key, WINDOW_SECONDS);
    if (count <= limit) return;
    if (count === limit + 1) await this.record(tenant, context);
    const seconds = Math.ceil((resetAt.getTime() - this.clock.now().getTime()) / 1000);
    throw new RegistrationError('too-many-requests', 'too many registrations from this address', Math.max(1, seconds));
  }

  private record(tenant: Tenant, request: RequestContext): Promise<void> {
    const detail = { surface: 'registration' };
    const event = { event: 'rate-limit.hit', result: 'failure', actor: { type: 'system' }, detail, request } as const;
    return this.audit.record(tenant.id, event);
  }
}

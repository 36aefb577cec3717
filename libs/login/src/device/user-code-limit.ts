/**
 * @spec RFC 8628 §5.1 — eight letters can be guessed by who may try for ever: tries are counted per sign-in or browser,
 * per address and per tenant, each before the code is looked at, so that many at once gain nothing (S-155).
 */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Counters } from '@tokenidp/database';
import { Clock, networkOf, type RequestContext } from '@tokenidp/kernel';
import type { AuthenticatedSession } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';

const MINUTE_SECONDS = 60;
const ALARM_PER_MINUTE = 100;

/** Somebody who types a code. */
export interface CodeTry {
  tenant: Tenant;
  session: AuthenticatedSession | null;
  /** hash of what the browser holds */
  browser: string;
  context: RequestContext;
}

interface Limit {
  name: 'session' | 'address' | 'tenant';
  key: string;
  most: number;
  windowSeconds: number;
}

@Injectable()
export class UserCodeLimit {
  constructor(
    private readonly counters: Counters,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Counts a try; 0 when it may be looked at, else the seconds until the next one may. */
  async take(attempt: CodeTry): Promise<number> {
    for (const limit of limitsOf(attempt)) {
      const { count, resetAt } = await this.counters.hit(attempt.tenant.id, limit.key, limit.windowSeconds);
      const isAlarm = limit.name === 'tenant' && count === Math.min(ALARM_PER_MINUTE, limit.most);
      if (isAlarm || count === limit.most + 1) await this.record(attempt, limit, count);
      if (count > limit.most) return Math.max(1, (resetAt.getTime() - this.clock.now().getTime()) / 1000);
    }
    return 0;
  }

  /** The code was right: who connects several devices one after another is no guesser. */
  async clear(attempt: CodeTry): Promise<void> {
    await this.counters.clear(attempt.tenant.id, sessionKey(attempt));
  }

  private record({ tenant, context: request }: CodeTry, { name }: Limit, count: number): Promise<void> {
    const detail = { limit: `user-code-per-${name}`, count };
    return this.audit.record(tenant.id, {
      ...{ event: 'rate-limit.hit', result: 'failure', actor: { type: 'system' } },
      ...{ detail, request },
    });
  }
}

/** The narrowest first: what one of them refuses uses up nothing of the wider ones. */
function limitsOf(attempt: CodeTry): Limit[] {
  const { tenant, context } = attempt;
  const { limits, lifetimes } = tenant.settings;
  return [
    {
      ...{ name: 'session', key: sessionKey(attempt) },
      ...{ most: limits.userCodesPerSession, windowSeconds: lifetimes.deviceCodeSeconds },
    },
    {
      ...{ name: 'address', key: `user-code:address:${networkOf(context.ip)}` },
      ...{ most: limits.userCodesPerAddressPerMinute, windowSeconds: MINUTE_SECONDS },
    },
    {
      ...{ name: 'tenant', key: 'user-code:tenant' },
      ...{ most: limits.userCodesPerMinute, windowSeconds: MINUTE_SECONDS },
    },
  ];
}

/** A new sign-in begins to count anew. */
function sessionKey({ session, browser }: CodeTry): string {
  return session ? `user-code:session:${session.id}:${session.authTime.getTime()}` : `user-code:browser:${browser}`;
}

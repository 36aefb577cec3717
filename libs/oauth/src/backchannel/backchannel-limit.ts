/** @spec OWASP ASVS 5.0 §6.6.4, CIBA Core §13 — nobody is worn down by requests until they say yes (S-147). */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Counters } from '@tokenidp/database';
import { Clock, OAuthError, type RequestContext, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '@tokenidp/users';
import type { Hint } from './request-members';

const HOUR_SECONDS = 3600;

export interface BackchannelTry {
  tenant: Tenant;
  user: User | null;
  hint: Hint;
  context: RequestContext;
}

@Injectable()
export class BackchannelLimit {
  constructor(
    private readonly counters: Counters,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Counts a request about somebody, known or not; throws 429 when it is one too many. */
  async take(attempt: BackchannelTry): Promise<void> {
    const { tenant, user, hint } = attempt;
    const { limits, lifetimes } = tenant.settings;
    const whom = whomOf(user, hint);
    await this.hit(attempt, `backchannel:open:${whom}`, [limits.backchannelOpenPerUser, lifetimes.backchannelSeconds]);
    await this.hit(attempt, `backchannel:hour:${whom}`, [limits.backchannelPerUserPerHour, HOUR_SECONDS]);
  }

  private async hit(
    { tenant, context: request }: BackchannelTry,
    key: string,
    [most, windowSeconds]: readonly [number, number],
  ): Promise<void> {
    const { count, resetAt } = await this.counters.hit(tenant.id, key, windowSeconds);
    if (count <= most) return;
    if (count === most + 1) {
      const detail = { limit: key.split(':').slice(0, 2).join('-'), count };
      await this.audit.record(tenant.id, {
        ...{ event: 'rate-limit.hit', result: 'failure', actor: { type: 'system' }, detail, request },
      });
    }
    throw tooMany((resetAt.getTime() - this.clock.now().getTime()) / 1000);
  }
}

/** By what attempts about one person are counted, known or not. */
export function whomOf(user: User | null, { kind, value }: Hint): string {
  return user?.id ?? sha256(`${kind}\n${value.toLowerCase()}`);
}

/** The same for every limit of this endpoint. */
export function tooMany(seconds: number): OAuthError {
  return new OAuthError('temporarily_unavailable', 'there were too many requests about this user', {
    status: 429,
    headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) },
  });
}

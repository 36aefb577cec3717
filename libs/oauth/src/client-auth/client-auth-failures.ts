import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Counters } from '@tokenidp/database';
import { Clock, OAuthError, type RequestContext, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { LRUCache } from 'lru-cache';

const WINDOW_SECONDS = 60;
const MAX_BLOCKED = 10_000;

/**
 * @spec OAuth 2.1 §2.4.1 — guesses at client credentials are limited per client and address, never per client
 * alone: an attacker must not be able to lock a client out (S-054). The count is exact and in the database;
 * a pair found over its limit is remembered here, so that a request without failures costs no query.
 */
@Injectable()
export class ClientAuthFailures {
  private readonly blockedUntil = new LRUCache<string, number>({ max: MAX_BLOCKED });

  constructor(
    private readonly counters: Counters,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Throws 429 while the pair is blocked. */
  refuseBlocked(tenant: Tenant, clientId: string, context: RequestContext): void {
    if (this.blockedUntil.size === 0) return;
    const until = this.blockedUntil.get(name(tenant, clientId, context));
    const now = this.clock.now().getTime();
    if (until !== undefined && until > now) throw tooMany(Math.ceil((until - now) / 1000));
  }

  /** Counts one failure; throws 429 when it is one too many. */
  async count(tenant: Tenant, clientId: string, context: RequestContext): Promise<void> {
    const pair = name(tenant, clientId, context);
    const limit = tenant.settings.limits.clientAuthFailuresPerMinute;
    const { count, resetAt } = await this.counters.hit(tenant.id, `client-auth:${sha256(pair)}`, WINDOW_SECONDS);
    if (count < limit) return;
    this.blockedUntil.set(pair, resetAt.getTime());
    if (count === limit) return this.recordLimit(tenant, clientId, context);
    throw tooMany(Math.max(1, Math.ceil((resetAt.getTime() - this.clock.now().getTime()) / 1000)));
  }

  private recordLimit(tenant: Tenant, clientId: string, request: RequestContext): Promise<void> {
    return this.audit.record(tenant.id, {
      event: 'rate-limit.hit',
      result: 'failure',
      actor: { type: 'client' },
      detail: { surface: 'client-authentication', clientId: clientId.slice(0, 255) },
      request,
    });
  }
}

function name(tenant: Tenant, clientId: string, { ip }: RequestContext): string {
  return `${tenant.id}|${ip}|${clientId}`;
}

function tooMany(retryAfterSeconds: number): OAuthError {
  return new OAuthError('temporarily_unavailable', 'too many failed attempts to authenticate this client', {
    status: 429,
    headers: { 'Retry-After': String(retryAfterSeconds) },
  });
}

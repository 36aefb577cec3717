/** @spec OAuth 2.1 §7.9 — what a user allowed a client is remembered, and only what was shown is added (S-152). */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import type { Transaction } from '@tokenidp/database';
import { Clock, formatScope, type RequestContext } from '@tokenidp/kernel';
import { type ConsentedScopes, mergeConsent } from './consented-scopes';
import { type ConsentKey, ConsentsRepository } from './consents.repository';

export interface GivenConsent extends ConsentKey {
  /** what was shown and allowed */
  asked: ConsentedScopes;
  /** what was there before */
  consented: ConsentedScopes | null;
  sessionId: string;
  context: RequestContext;
}

@Injectable()
export class Consents {
  constructor(
    private readonly consents: ConsentsRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** One read; null when the user never allowed the client anything. */
  find(key: ConsentKey): Promise<ConsentedScopes | null> {
    return this.consents.find(key);
  }

  /** Adds to what is remembered, and records it. */
  async remember(given: GivenConsent, tx: Transaction): Promise<void> {
    const { tenantId, userId, clientId, sessionId, asked } = given;
    const merged = mergeConsent(given.consented, asked);
    await this.consents.upsert({ tenantId, userId, clientId }, merged, this.clock.now(), tx);
    const detail = { scope: formatScope(asked.scopes), resources: Object.keys(asked.apiScopes) };
    await this.audit.record(
      tenantId,
      {
        event: 'consent.granted',
        result: 'success',
        actor: { type: 'user', id: userId },
        clientId,
        sessionId,
        detail,
        request: given.context,
      },
      tx,
    );
  }
}

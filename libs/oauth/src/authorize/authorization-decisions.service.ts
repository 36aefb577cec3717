/** @spec OIDC Core §3.1.2.3, §3.1.2.4 — gathers what a decision depends on; the decision itself is a pure function. */
import { Injectable } from '@nestjs/common';
import { Clock } from '@tokenidp/kernel';
import type { ConsentedScopes } from '../consents/consented-scopes';
import { Consents } from '../consents/consents.service';
import { Subjects } from '../tokens/subjects';
import type { Attempt } from './authorization-attempt';
import { type Decision, decide } from './decide';
import { SessionPort } from './interaction';
import { shownOf } from './interaction-view';

export interface Assessment {
  decision: Decision;
  /** what the user allowed the client before, where that matters */
  consented: ConsentedScopes | null;
}

@Injectable()
export class AuthorizationDecisions {
  constructor(
    private readonly sessions: SessionPort,
    private readonly consents: Consents,
    private readonly subjects: Subjects,
    private readonly clock: Clock,
  ) {}

  /** What has to happen next; at most one read, of the consent. */
  async assess(attempt: Attempt): Promise<Assessment> {
    const { request, session, interaction, answer } = attempt;
    const consented = await this.consentedIn(attempt);
    const decision = decide(request, session, {
      now: this.clock.now(),
      acrValues: this.sessions.acrValues,
      startedAt: interaction?.createdAt,
      consented,
      subject: session ? this.subjects.of(request.client, session.userId) : undefined,
      allowed: answer?.consent === 'allow' && session !== null && answer.shown === shownOf(request, session.userId),
    });
    return { decision, consented };
  }

  private async consentedIn({ tenant, request, session }: Attempt): Promise<ConsentedScopes | null> {
    const { client, prompts } = request;
    if (!session || request.deviceAuthorizationId !== undefined) return null;
    if (client.consent === 'implicit' && !prompts.has('consent')) return null;
    return this.consents.find({ tenantId: tenant.id, userId: session.userId, clientId: client.id });
  }
}

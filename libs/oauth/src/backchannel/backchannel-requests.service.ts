/** @spec CIBA Core §7.2, §10, RFC 9470 §5 — what waits for a user's answer, and the answer, which counts once (S-161, S-163). */
import { Injectable } from '@nestjs/common';
import { type AuditActor, type AuditEvent, AuditService, auditParameters } from '@tokenidp/audit';
import type { Client } from '@tokenidp/clients';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, isId, OAuthError, type RequestContext, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { UsersService } from '@tokenidp/users';
import { AuthorizationRequest } from '../authorize/authorization-request';
import { AuthorizationRequests } from '../authorize/authorization-requests.service';
import { reportedAcr } from '../authorize/acr';
import { backchannelAuthentication } from '../authorize/authorize.pipeline';
import { signInNeeded } from '../authorize/decide';
import { type AuthenticatedSession, type ScopeGroup, SessionPort } from '../authorize/interaction';
import { scopeGroups } from '../authorize/interaction-view';
import { Parameters } from '../endpoints/form-parameters';
import { clientId } from '../rules/client-id';
import { authorizationRow, grantedEvent } from '../tokens/new-authorization';
import { PolledDecisionsRepository } from '../tokens/polled-decisions.repository';
import { AnswerNotices } from './answer-notices';
import { BackchannelRequestsRepository, type PendingBackchannelRequest } from './backchannel-requests.repository';

const RULES = [clientId, ...backchannelAuthentication];

/** What a user is shown of a request. */
export interface BackchannelRequestView {
  id: string;
  client: Client;
  bindingMessage: string | null;
  groups: ScopeGroup[];
  ageSeconds: number;
}

/** An answer: of the user in a session of ours, or of somebody who may speak for them. */
export interface BackchannelAnswer {
  id: string;
  decision: 'allow' | 'deny';
  session: AuthenticatedSession | null;
  /** who speaks for the user where there is no session of theirs; the system when absent */
  actor?: AuditActor;
  context: RequestContext;
}

/** `login`: a resource demands a sign-in that is younger, or stronger, than the one in whose session the user said yes. */
export type AnswerOutcome = 'counts' | 'over' | 'login';

interface Answered extends BackchannelAnswer {
  tenant: Tenant;
  pending: PendingBackchannelRequest;
  request: AuthorizationRequest;
}

@Injectable()
export class BackchannelRequests {
  constructor(
    private readonly repository: BackchannelRequestsRepository,
    private readonly decisions: PolledDecisionsRepository,
    private readonly requests: AuthorizationRequests,
    private readonly users: UsersService,
    private readonly sessions: SessionPort,
    private readonly database: Database,
    private readonly notices: AnswerNotices,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What waits for the user, the latest first; what its client may not ask for any more is left out. */
  async list(tenant: Tenant, userId: string): Promise<BackchannelRequestView[]> {
    const now = this.clock.now();
    const rows = await this.repository.listOfUser(tenant.id, userId, now);
    const views = await Promise.all(
      rows.map(async (row): Promise<BackchannelRequestView | null> => {
        const request = await this.narrow(tenant, row);
        const ageSeconds = (now.getTime() - row.createdAt.getTime()) / 1000;
        const { id, bindingMessage } = row;
        return (
          request && { id, client: request.client, bindingMessage, groups: scopeGroups(request, null), ageSeconds }
        );
      }),
    );
    return views.filter((view) => view !== null);
  }

  /**
   * True for the one answer that came first, in time, to a request of this tenant: with a session it must be about
   * its user. Whoever answers for them, the user must be one who may sign in. The client is told where it wants to be.
   */
  async decide(tenant: Tenant, answer: BackchannelAnswer): Promise<boolean> {
    return (await this.judge(tenant, answer)) === 'counts';
  }

  /** As `decide`, telling an answer that comes too late from one for which the user has to sign in first. */
  async judge(tenant: Tenant, answer: BackchannelAnswer): Promise<AnswerOutcome> {
    const pending = await this.pendingFor(tenant, answer);
    const request = pending && (await this.narrow(tenant, pending));
    if (!request || !(await this.mayAnswer(tenant, pending.userId))) return 'over';
    const answered = { ...answer, tenant, pending, request };
    if (answer.decision === 'allow' && this.lacksSignIn(answered)) return 'login';
    const isFirst = await this.database.transaction((tx) => this.answer(answered, tx));
    if (isFirst) this.notices.send(request.client);
    return isFirst ? 'counts' : 'over';
  }

  /** The row id of what a client asked, by what it was given to ask again with. */
  async findByAuthReqId(tenant: Tenant, authReqId: string): Promise<string | null> {
    const row = await this.repository.findByAuthReqId(tenant.id, sha256(authReqId), this.clock.now());
    return row?.id ?? null;
  }

  private async pendingFor(
    tenant: Tenant,
    { id, session }: BackchannelAnswer,
  ): Promise<PendingBackchannelRequest | null> {
    const pending = isId(id) ? await this.repository.find(tenant.id, id, this.clock.now()) : null;
    return session && session.userId !== pending?.userId ? null : pending;
  }

  /** As at the authorization endpoint, where the request began when the client asked. */
  private lacksSignIn(answered: Answered): boolean {
    const now = this.clock.now();
    const { session, acr } = this.signInOf(answered, now);
    const facts = { now, acrValues: this.sessions.acrValues, startedAt: answered.pending.createdAt };
    return signInNeeded(answered.request, { acr, authTime: session.authTime }, facts) !== null;
  }

  private async mayAnswer(tenant: Tenant, userId: string): Promise<boolean> {
    return (await this.users.findById(tenant.id, userId))?.status === 'active';
  }

  private async narrow(tenant: Tenant, row: PendingBackchannelRequest): Promise<AuthorizationRequest | null> {
    const request = new AuthorizationRequest(Parameters.restore(row.parameters));
    try {
      await this.requests.apply(RULES, tenant, request);
      return request;
    } catch (error) {
      if (error instanceof OAuthError) return null;
      throw error;
    }
  }

  private async answer(answered: Answered, tx: Transaction): Promise<boolean> {
    const { tenant, pending, decision } = answered;
    const isFirst = decision === 'allow' ? await this.approve(answered, tx) : await this.deny(answered, tx);
    const { id, notification } = pending;
    if (isFirst) {
      await this.notices.enqueue({ tenantId: tenant.id, id, client: answered.request.client, notification }, tx);
    }
    return isFirst;
  }

  private async approve(answered: Answered, tx: Transaction): Promise<boolean> {
    const { tenant, request, context, pending } = answered;
    const { client, scopes, resources, authorizationDetails } = request;
    const now = this.clock.now();
    const { actor } = decidedEvent(answered, 'backchannel-request.approved');
    const { session, acr: reached } = this.signInOf(answered, now);
    const signIn = { session, acr: reportedAcr(request, reached, this.sessions.acrValues) };
    const rights = { client, scopes, resources, authorizationDetails, context, actor, ...signIn };
    const row = authorizationRow(tenant, rights, now);
    const audited = auditParameters(tenant.id, grantedEvent(rights, row), now);
    const decided = { table: 'backchannel_request', id: pending.id } as const;
    if (!(await this.decisions.approve(decided, { ...row, ...audited }, tx))) return false;
    await this.audit.record(tenant.id, decidedEvent(answered, 'backchannel-request.approved'), tx);
    return true;
  }

  private deny(answered: Answered, tx: Transaction): Promise<boolean> {
    const { tenant, pending } = answered;
    const now = this.clock.now();
    const audited = auditParameters(tenant.id, decidedEvent(answered, 'backchannel-request.denied'), now);
    const decided = { table: 'backchannel_request', id: pending.id } as const;
    return this.decisions.deny(decided, { ...audited, tenantId: tenant.id, now }, tx);
  }

  /** What was granted outlives the session in which the user said yes: that was at another device. */
  private signInOf({ session, actor, pending: { userId } }: Answered, now: Date) {
    if (session) return { acr: session.acr, session: { ...session, id: null } };
    // RFC 8176 §2: of a user who was not there nothing is said.
    const amr = actor ? [] : ['user'];
    return { acr: this.sessions.acrValues[0]!, session: { id: null, userId, authTime: now, amr } };
  }
}

function decidedEvent(
  { request, session, actor, context, pending }: Answered,
  event: 'backchannel-request.approved' | 'backchannel-request.denied',
): AuditEvent {
  return {
    ...{ event, result: 'success', clientId: request.client.id, sessionId: session?.id, request: context },
    actor: session ? { type: 'user', id: session.userId } : (actor ?? { type: 'system' }),
    target: { type: 'backchannel_request', id: pending.id },
  };
}

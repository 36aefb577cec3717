/**
 * @spec OIDC RP-Initiated Logout §2, OIDC Back-Channel Logout §2, OIDC Core §11 — a session ends with all that was granted
 * in it, offline access aside, and so does one whose time is over.
 */
import { Injectable } from '@nestjs/common';
import { type AuditActor, AuditService } from '@tokenidp/audit';
import { Database, type Transaction } from '@tokenidp/database';
import type { RequestContext } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AuthenticatedSession, type EndedSession, SessionPort } from '../authorize/interaction';
import { contextOf } from '../endpoints/protocol-reply';
import { Authorizations } from '../tokens/authorizations.service';

export interface SignOutCall {
  request: FastifyRequest;
  reply: FastifyReply;
  /** row id of the client that asked for it */
  clientId?: string;
}

/** Who ends a session, and on whose request. */
export interface SessionRevocation {
  actor: AuditActor;
  /** row id of the client that asked for it */
  clientId?: string;
  context?: RequestContext;
  /** when nobody asked for it */
  reason?: 'expired';
}

@Injectable()
export class SignOut {
  constructor(
    private readonly sessions: SessionPort,
    private readonly authorizations: Authorizations,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {}

  /** The browser's own session. Null when it had ended before, which is as good. */
  async signOut(tenant: Tenant, session: AuthenticatedSession, call: SignOutCall): Promise<EndedSession | null> {
    const ended = await this.revoke(tenant.id, session.id, {
      actor: { type: 'user', id: session.userId },
      clientId: call.clientId,
      context: contextOf(call.request),
    });
    this.sessions.dropCookies(tenant, call.reply);
    return ended;
  }

  /**
   * Any session, by somebody who may. One transaction: session ended, its clients told later, its authorizations
   * revoked, the event recorded. Null when it had ended before.
   */
  revoke(tenantId: string, sessionId: string, revocation: SessionRevocation): Promise<EndedSession | null> {
    return this.database.transaction(async (tx) => {
      const ended = await this.sessions.end(tenantId, sessionId, tx);
      if (!ended) return null;
      await this.finish(tenantId, sessionId, revocation, tx);
      return ended;
    });
  }

  /**
   * Those whose time is over, of all tenants, as if each user had left: by OIDC Core §11 offline_access is
   * for when the user is "not present (not logged in)", so that nothing granted without it outlives the session, however
   * that ends (Back-Channel Logout §2.7, S-075). One transaction, which `hold` lets commit only while it is this
   * instance's work. Returns how many; as many as the batch means that there may be more.
   */
  expire(batch: number, hold: (tx: Transaction) => Promise<void>): Promise<number> {
    return this.database.transaction(async (tx) => {
      await hold(tx);
      const expired = await this.sessions.endExpired(batch, tx);
      for (const { tenantId, id } of expired) {
        await this.finish(tenantId, id, { actor: { type: 'system' }, reason: 'expired' }, tx);
      }
      return expired.length;
    });
  }

  private async finish(
    tenantId: string,
    sessionId: string,
    { actor, clientId, context, reason }: SessionRevocation,
    tx: Transaction,
  ): Promise<void> {
    const authorizationsRevoked = await this.authorizations.revokeOfSession(tenantId, sessionId, tx);
    const event = { event: 'sign-out.succeeded', result: 'success', actor, clientId, sessionId } as const;
    const detail = { authorizationsRevoked, ...(reason && { reason }) };
    await this.audit.record(tenantId, { ...event, detail, request: context }, tx);
  }
}

/** @spec OIDC RP-Initiated Logout §2, OIDC Core §11 — a session ends with all that was granted in it, offline access aside. */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database } from '@tokenidp/database';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type AuthenticatedSession, SessionPort } from '../authorize/interaction';
import { contextOf } from '../endpoints/protocol-reply';
import { Authorizations } from '../tokens/authorizations.service';

export interface SignOutCall {
  request: FastifyRequest;
  reply: FastifyReply;
  /** row id of the client that asked for it */
  clientId?: string;
}

@Injectable()
export class SignOut {
  constructor(
    private readonly sessions: SessionPort,
    private readonly authorizations: Authorizations,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {}

  /** One transaction: session ended, its authorizations revoked, the event recorded. The cookie is dropped. */
  async signOut(tenant: Tenant, session: AuthenticatedSession, call: SignOutCall): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.sessions.end(tenant, session, call.reply, tx);
      const revoked = await this.authorizations.revokeOfSession(tenant.id, session.id, tx);
      await this.audit.record(
        tenant.id,
        {
          event: 'sign-out.succeeded',
          result: 'success',
          actor: { type: 'user', id: session.userId },
          clientId: call.clientId,
          sessionId: session.id,
          detail: { authorizationsRevoked: revoked },
          request: contextOf(call.request),
        },
        tx,
      );
    });
  }
}

/** @spec OIDC RP-Initiated Logout §2, §3, §4 — a valid hint of the user who is signed in ends the session; all else asks first (S-127). */
import { Injectable } from '@nestjs/common';
import { OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type LogoutConfirmPage, SessionPort, type SignedOutPage } from '../authorize/interaction';
import { type FormSource, Parameters } from '../endpoints/form-parameters';
import { END_SESSION_PATH } from '../endpoints/paths';
import { hidesCookies } from '../endpoints/request-source';
import { query } from '../response-modes/query';
import { Subjects } from '../tokens/subjects';
import { FrontchannelLogouts } from './frontchannel-logouts';
import { type LogoutConfirmation, LogoutConfirmations } from './logout-confirmations';
import type { LogoutRequest } from './logout-request';
import { LogoutRequests } from './logout-requests.service';
import { SignOut } from './sign-out.service';

export const LOGOUT_CONFIRM_PATH = `${END_SESSION_PATH}/confirm`;
export const LOGOUT_RESUME_PATH = `${END_SESSION_PATH}/resume`;

export type LogoutOutcome =
  | { kind: 'redirect'; location: string }
  | { kind: 'confirm'; page: LogoutConfirmPage }
  | { kind: 'signed-out'; page: SignedOutPage };

export interface LogoutCall {
  tenant: Tenant;
  request: FastifyRequest;
  reply: FastifyReply;
}

@Injectable()
export class EndSessionService {
  constructor(
    private readonly requests: LogoutRequests,
    private readonly sessions: SessionPort,
    private readonly signOut: SignOut,
    private readonly confirmations: LogoutConfirmations,
    private readonly frontchannel: FrontchannelLogouts,
    private readonly subjects: Subjects,
  ) {}

  async start(call: LogoutCall, source: FormSource): Promise<LogoutOutcome> {
    const logout = await this.requests.read(call.tenant, source);
    if (hidesCookies(call.request)) return this.resumption(call.tenant, logout);
    return this.advance(call, logout, (session) => this.isHinted(logout, session));
  }

  /** The same request, once the browser shows its cookies. */
  async resume(call: LogoutCall, source: FormSource): Promise<LogoutOutcome> {
    const logout = await this.requests.restore(call.tenant, this.open(call.tenant, source));
    return this.advance(call, logout, (session) => this.isHinted(logout, session));
  }

  /** The click. Of another session than the page was made for it is asked again. */
  async confirm(call: LogoutCall, source: FormSource): Promise<LogoutOutcome> {
    const confirmation = this.open(call.tenant, source);
    const logout = await this.requests.restore(call.tenant, confirmation);
    return this.advance(call, logout, (session) => session.id === confirmation.sessionId);
  }

  private isHinted({ client, subject }: LogoutRequest, { userId }: { userId: string }): boolean {
    return client !== undefined && subject !== undefined && this.subjects.of(client, userId) === subject;
  }

  private open(tenant: Tenant, source: FormSource): LogoutConfirmation {
    const sealed = Parameters.parse(source).get('confirmation');
    const confirmation = sealed === undefined ? null : this.confirmations.open(tenant, sealed);
    if (!confirmation) throw new OAuthError('invalid_request', 'the form is out of date');
    return confirmation;
  }

  private resumption(tenant: Tenant, { client, subject, redirectUri, state }: LogoutRequest): LogoutOutcome {
    const sealed = this.confirmations.seal(tenant, { clientId: client?.client_id, subject, redirectUri, state });
    const query = new URLSearchParams({ confirmation: sealed });
    return { kind: 'redirect', location: `${tenant.issuer}${LOGOUT_RESUME_PATH}?${query}` };
  }

  private async advance(
    call: LogoutCall,
    logout: LogoutRequest,
    isAgreed: (session: { id: string; userId: string }) => boolean,
  ): Promise<LogoutOutcome> {
    const { tenant, request, reply } = call;
    const { client, redirectUri, state } = logout;
    const session = await this.sessions.find(tenant, request);
    if (session && !isAgreed(session)) {
      const sealed = { sessionId: session.id, clientId: client?.client_id, redirectUri, state };
      const confirmation = this.confirmations.seal(tenant, sealed);
      const action = `${tenant.issuer}${LOGOUT_CONFIRM_PATH}`;
      return { kind: 'confirm', page: { session, client, action, confirmation, redirectUri } };
    }
    const ended = session && (await this.signOut.signOut(tenant, session, { request, reply, clientId: client?.id }));
    return finished(logout, ended ? await this.frontchannel.frames(tenant, ended) : []);
  }
}

/**
 * RP-Initiated Logout §3: `state` and nothing else is added. Where clients have pages to be loaded, our page loads them
 * and goes on afterwards (Front-Channel Logout §3).
 */
function finished({ client, redirectUri, state }: LogoutRequest, frames: readonly string[]): LogoutOutcome {
  if (redirectUri === undefined) return { kind: 'signed-out', page: { client, frames } };
  const { location } = query.deliver(redirectUri, state === undefined ? {} : { state });
  if (frames.length === 0) return { kind: 'redirect', location };
  return { kind: 'signed-out', page: { client, frames, continueTo: location } };
}

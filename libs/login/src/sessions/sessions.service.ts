/** @spec OIDC Core §2, S-120 — the browser holds a random reference, the server the rest; a new reference with each sign-in. */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import { Database, type Transaction } from '@tokenidp/database';
import { Clock, hasTokenForm, MasterKeys, newId, randomToken, sha256 } from '@tokenidp/kernel';
import {
  type AuthenticatedSession,
  type BrowserExchange,
  type EndedSession,
  offersCheckSession,
  type SessionObserver,
  SessionPort,
} from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import type { User, UserObserver } from '@tokenidp/users';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dropCookie, readCookie, setCookie } from '../cookies';
import { requestContext } from '../request-context';
import { ACR_SINGLE_FACTOR, ACR_VALUES } from './acr';
import { browserStateOf } from './browser-state';
import { LastSeen } from './last-seen';
import { SessionEndsRepository } from './session-ends.repository';
import { absoluteEnd, idleEnd, isWorthWriting } from './session-lifetime';
import { type SessionColumns, type SessionRow, SessionsRepository, type SessionSummary } from './sessions.repository';

const TAG = 'tss';

/** A proven sign-in that becomes a session. */
export interface SignIn {
  user: User;
  /** RFC 8176 */
  amr: readonly string[];
  /** the browser's session until now */
  current: AuthenticatedSession | null;
}

/** The browser that signs in. */
export interface BrowserCall {
  tenant: Tenant;
  request: FastifyRequest;
  reply: FastifyReply;
}

@Injectable()
export class SessionsService extends SessionPort implements UserObserver {
  readonly acrValues = ACR_VALUES;
  private readonly observers: SessionObserver[] = [];

  constructor(
    private readonly repository: SessionsRepository,
    private readonly ends: SessionEndsRepository,
    private readonly lastSeen: LastSeen,
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly masterKeys: MasterKeys,
  ) {
    super();
  }

  async find(tenant: Tenant, request: FastifyRequest): Promise<AuthenticatedSession | null> {
    const reference = referenceOf(tenant, request);
    if (!reference) return null;
    const now = this.clock.now();
    const row = await this.repository.find(tenant.id, sha256(reference), now);
    if (!row) return null;
    const { lifetimes } = tenant.settings;
    if (isWorthWriting(row.lastSeenAt, now, lifetimes)) {
      this.lastSeen.write({ tenantId: tenant.id, id: row.id }, now, idleEnd(now, row.absoluteExpiresAt, lifetimes));
    }
    return toSession(row);
  }

  isLive(tenantId: string, sessionId: string): Promise<boolean> {
    return this.repository.isLive(tenantId, sessionId, this.clock.now());
  }

  join(tenantId: string, sessionId: string, clientId: string, tx: Transaction): Promise<void> {
    return this.repository.join({ tenantId, sessionId, clientId }, this.clock.now(), tx);
  }

  observe(observer: SessionObserver): void {
    this.observers.push(observer);
  }

  async end(tenantId: string, sessionId: string, tx: Transaction): Promise<EndedSession | null> {
    const ended = await this.ends.end(tenantId, sessionId, this.clock.now(), tx);
    if (ended) await this.tell(tenantId, ended, tx);
    return ended;
  }

  dropCookies(tenant: Tenant, reply: FastifyReply): void {
    dropCookie(tenant, reply, 'sid');
    if (offersCheckSession(tenant)) dropCookie(tenant, reply, 'bs');
  }

  browserState(tenant: Tenant, { id }: { id: string }): string | undefined {
    return offersCheckSession(tenant) ? browserStateOf(this.masterKeys, tenant.id, id) : undefined;
  }

  showBrowserState(tenant: Tenant, session: { id: string }, { request, reply }: BrowserExchange): void {
    const state = this.browserState(tenant, session);
    if (state !== undefined && readCookie(tenant, request, 'bs') !== state) setCookie(tenant, reply, 'bs', state);
  }

  async userDisabled(tenantId: string, userId: string, tx: Transaction): Promise<void> {
    const all = await this.ends.endOfUser(tenantId, userId, this.clock.now(), tx);
    for (const ended of all) await this.tell(tenantId, ended, tx);
  }

  /** The rows fall with the user's; before, the clients are told. */
  userDeleted(tenantId: string, userId: string, tx: Transaction): Promise<void> {
    return this.userDisabled(tenantId, userId, tx);
  }

  /** Live sign-ins of a user, the latest used first. */
  list(tenantId: string, userId: string): Promise<SessionSummary[]> {
    return this.repository.listOfUser(tenantId, userId, this.clock.now());
  }

  /**
   * Begins a session and gives the browser its reference. The same user's session goes on under a new reference, so
   * that clients keep their `sid`; the old reference is dead either way. A session of somebody else must have been ended.
   */
  async begin(call: BrowserCall, signIn: SignIn): Promise<AuthenticatedSession> {
    const { tenant, request, reply } = call;
    const reference = randomToken(TAG);
    const columns = this.columns(call, signIn, sha256(reference));
    const stored = await this.database.transaction(async (tx) => {
      const written = await this.store(call, signIn, { columns, tx });
      await this.audit.record(
        tenant.id,
        {
          event: 'sign-in.succeeded',
          result: 'success',
          actor: { type: 'user', id: signIn.user.id },
          sessionId: written.id,
          detail: { amr: signIn.amr, again: !written.isNew },
          request: requestContext(request),
        },
        tx,
      );
      return written;
    });
    setCookie(tenant, reply, 'sid', reference);
    this.showBrowserState(tenant, stored, call);
    const { authTime, acr, amr } = columns;
    const clientIds = stored.isNew ? [] : signIn.current!.clientIds;
    return { id: stored.id, sid: stored.id, userId: signIn.user.id, user: signIn.user, authTime, acr, amr, clientIds };
  }

  private async tell(tenantId: string, ended: EndedSession, tx: Transaction): Promise<void> {
    for (const each of this.observers) await each.sessionEnded(tenantId, ended, tx);
  }

  private async store(
    { tenant, request }: BrowserCall,
    { current, user }: SignIn,
    { columns, tx }: { columns: SessionColumns; tx: Transaction },
  ): Promise<{ id: string; isNew: boolean }> {
    const reference = referenceOf(tenant, request);
    if (current?.userId === user.id && reference) {
      const key = { tenantId: tenant.id, id: current.id, oldHash: sha256(reference) };
      if (await this.repository.renew(key, columns, tx)) return { id: current.id, isNew: false };
    }
    const id = newId();
    await this.repository.insert(tenant.id, id, columns, tx);
    return { id, isNew: true };
  }

  private columns({ tenant, request }: BrowserCall, { user, amr }: SignIn, hash: string): SessionColumns {
    const now = this.clock.now();
    const { ip, userAgent } = requestContext(request);
    const absoluteExpiresAt = absoluteEnd(now, tenant.settings.lifetimes);
    return {
      hash,
      userId: user.id,
      authTime: now,
      acr: ACR_SINGLE_FACTOR,
      amr: [...amr],
      ip,
      userAgent: userAgent?.slice(0, 512) ?? null,
      createdAt: now,
      lastSeenAt: now,
      idleExpiresAt: idleEnd(now, absoluteExpiresAt, tenant.settings.lifetimes),
      absoluteExpiresAt,
    };
  }
}

/** Undefined, too, for what cannot be one of ours: no look-up is spent on it. */
function referenceOf(tenant: Tenant, request: FastifyRequest): string | undefined {
  const reference = readCookie(tenant, request, 'sid');
  return reference && hasTokenForm(TAG, reference) ? reference : undefined;
}

function toSession({ id, authTime, acr, amr, clientIds, user }: SessionRow): AuthenticatedSession {
  return { id, sid: id, userId: user.id, user, authTime, acr, amr, clientIds };
}

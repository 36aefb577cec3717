/** @spec RFC 8628 §3.3, §5.4 — the user's yes or no is told to the device, once; the browser stays with us (S-157, S-163). */
import { Injectable } from '@nestjs/common';
import { type AuditEvent, AuditService, auditParameters } from '@tokenidp/audit';
import type { Transaction } from '@tokenidp/database';
import { Clock, Envelope, OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { GrantedAttempt } from '../authorize/authorization-answers.service';
import type { Attempt } from '../authorize/authorization-attempt';
import type { AuthorizationRequest } from '../authorize/authorization-request';
import { AuthorizationRequests } from '../authorize/authorization-requests.service';
import { deviceAuthorization } from '../authorize/authorize.pipeline';
import { type AuthorizationOutcome, SessionPort } from '../authorize/interaction';
import { InteractionsRepository } from '../authorize/interactions.repository';
import { DEVICE_PATH } from '../endpoints/paths';
import { clientId } from '../rules/client-id';
import { authorizationRow, grantedEvent } from '../tokens/new-authorization';
import { type Decided, PolledDecisionsRepository } from '../tokens/polled-decisions.repository';
import { DeviceAuthorizationsRepository } from './device-authorizations.repository';
import { sealedFor } from './device-requests.service';

const RULES = [clientId, ...deviceAuthorization];

@Injectable()
export class DeviceDecisions {
  constructor(
    private readonly devices: DeviceAuthorizationsRepository,
    private readonly decisions: PolledDecisionsRepository,
    private readonly interactions: InteractionsRepository,
    private readonly requests: AuthorizationRequests,
    private readonly sessions: SessionPort,
    private readonly envelope: Envelope,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Null when the device still waits and may still ask; else what its user is told. One read. */
  async narrow(tenant: Tenant, request: AuthorizationRequest): Promise<AuthorizationOutcome | null> {
    const id = request.deviceAuthorizationId!;
    try {
      await this.requests.apply(RULES, tenant, request);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      return { kind: 'error-page', error, client: request.client };
    }
    const now = this.clock.now();
    const device = await this.devices.find(tenant.id, id, now);
    if (!device) return pageOf(tenant, 'expired');
    const userCode = this.envelope.open(sealedFor(tenant, id), request.parameters.get('user_code') ?? '').toString();
    request.device = { userCode, ip: device.ip, ageSeconds: (now.getTime() - device.createdAt.getTime()) / 1000 };
    return null;
  }

  async grant(granted: GrantedAttempt): Promise<AuthorizationOutcome> {
    const { tenant, interaction } = granted;
    const work = (tx: Transaction) => this.approve(granted, tx);
    const approved = interaction && (await this.interactions.spend(tenant.id, interaction.id, work));
    return pageOf(tenant, approved ? 'done' : 'expired');
  }

  async refuse(attempt: Attempt): Promise<AuthorizationOutcome> {
    const { tenant, interaction } = attempt;
    const work = (tx: Transaction) => this.deny(attempt, tx);
    const denied = interaction && (await this.interactions.spend(tenant.id, interaction.id, work));
    return pageOf(tenant, denied ? 'denied' : 'expired');
  }

  private async approve(granted: GrantedAttempt, tx: Transaction): Promise<boolean> {
    const { tenant, request, session, acr, context } = granted;
    const { client, scopes, resources, authorizationDetails } = request;
    const rights = { client, session, acr, scopes, resources, authorizationDetails, context };
    const row = authorizationRow(tenant, rights, this.clock.now());
    const audited = auditParameters(tenant.id, grantedEvent(rights, row), row.now);
    if (!(await this.decisions.approve(decidedOf(request), { ...row, ...audited }, tx))) return false;
    if (!session.clientIds.includes(client.id)) await this.sessions.join(tenant.id, session.id, client.id, tx);
    await this.audit.record(tenant.id, decidedEvent(granted, 'device-request.approved'), tx);
    return true;
  }

  private deny(attempt: Attempt, tx: Transaction): Promise<boolean> {
    const { tenant, request } = attempt;
    const now = this.clock.now();
    const audited = auditParameters(tenant.id, decidedEvent(attempt, 'device-request.denied'), now);
    return this.decisions.deny(decidedOf(request), { ...audited, tenantId: tenant.id, now }, tx);
  }
}

function decidedOf({ deviceAuthorizationId }: AuthorizationRequest): Decided {
  return { table: 'device_authorization', id: deviceAuthorizationId! };
}

function decidedEvent(
  { request, session, context }: Attempt,
  event: 'device-request.approved' | 'device-request.denied',
): AuditEvent {
  return {
    event,
    result: 'success',
    actor: session ? { type: 'user', id: session.userId } : { type: 'user' },
    target: { type: 'device_authorization', id: request.deviceAuthorizationId! },
    clientId: request.client.id,
    sessionId: session?.id,
    request: context,
  };
}

/** Where the browser ends: there is no client to go back to. */
function pageOf({ issuer }: Tenant, page: 'done' | 'denied' | 'expired'): AuthorizationOutcome {
  return { kind: 'respond', response: { mode: 'redirect', location: `${issuer}${DEVICE_PATH}/${page}` } };
}

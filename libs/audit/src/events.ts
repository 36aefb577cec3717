import type { RequestContext } from '@tokenidp/kernel';

/** Every name an audit event may have: `<thing>.<what happened>`. The list is closed; a new event is a new line here. */
export const AUDIT_EVENTS = [
  'sign-in.succeeded',
  'sign-in.failed',
  'sign-in.suspicious',
  'sign-out.succeeded',
  'factor.challenged',
  'factor.validated',
  'factor.failed',
  'factor.added',
  'factor.removed',
  'password.reset-requested',
  'password.reset-completed',
  'password.changed',
  'password.expired',
  'account.locked',
  'account.unlocked',
  'consent.granted',
  'consent.revoked',
  'authorization.granted',
  'authorization.revoked',
  'token.exchanged',
  'token.issued',
  'token.revoked',
  'token.reuse-detected',
  'device-request.opened',
  'device-request.approved',
  'device-request.denied',
  'backchannel-logout.failed',
  'backchannel-request.opened',
  'backchannel-request.approved',
  'backchannel-request.denied',
  'user.created',
  'user.changed',
  'user.deleted',
  'role.created',
  'role.changed',
  'role.deleted',
  'permission.created',
  'permission.changed',
  'permission.deleted',
  'client.created',
  'client.changed',
  'client.deleted',
  'resource.created',
  'resource.changed',
  'resource.deleted',
  'tenant.created',
  'tenant.changed',
  'tenant.deleted',
  'trusted-issuer.created',
  'trusted-issuer.changed',
  'trusted-issuer.deleted',
  'setting.created',
  'setting.changed',
  'setting.deleted',
  'secret.created',
  'secret.revoked',
  'key.created',
  'key.activated',
  'key.scheduled',
  'key.retired',
  'key.revoked',
  'rate-limit.hit',
  'job.started',
  'job.failed',
  'webhook.created',
  'webhook.changed',
  'webhook.deleted',
  'webhook.disabled',
  'mail.failed',
  'export.taken',
  'impersonation.started',
  'impersonation.ended',
] as const;

export type AuditEventName = (typeof AUDIT_EVENTS)[number];
export const AUDIT_RESULTS = ['success', 'failure'] as const;
export type AuditResult = (typeof AUDIT_RESULTS)[number];
export const AUDIT_ACTOR_TYPES = ['user', 'client', 'operator', 'system'] as const;
export type AuditActorType = (typeof AUDIT_ACTOR_TYPES)[number];

/** Who acted. `tenantId` is the actor's own tenant when it is not the one the event belongs to (an operator). */
export interface AuditActor {
  type: AuditActorType;
  id?: string;
  tenantId?: string;
}

/** What was acted on: `type` is the noun in code (`client`, `signing_key` …), `id` its row id or public identifier. */
export interface AuditTarget {
  type: string;
  id: string;
}

/** One event as a caller describes it; id and instant are added when it is recorded. */
export interface AuditEvent {
  event: AuditEventName;
  result: AuditResult;
  actor: AuditActor;
  target?: AuditTarget;
  /** Row id of the client, not its `client_id`. */
  clientId?: string;
  sessionId?: string;
  /** Free members, redacted before they are stored; `before` and `after` for changes. */
  detail?: Record<string, unknown>;
  request?: RequestContext;
}

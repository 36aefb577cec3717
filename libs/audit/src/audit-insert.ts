import type { ParameterValues } from '@tokenidp/database';
import { newId } from '@tokenidp/kernel';
import type { AuditEvent } from './events';
import { redact } from './redact';

const parameters = {
  auditTenantId: 'id',
  auditId: 'id',
  auditOccurredAt: 'instant',
  auditEvent: 'identifier',
  auditResult: 'identifier',
  auditActorType: 'identifier',
  auditActorId: 'identifier',
  auditActorTenantId: 'id',
  auditTargetType: 'identifier',
  auditTargetId: 'identifier',
  auditClientId: 'id',
  auditSessionId: 'id',
  auditOccurrences: 'integer',
  auditDetail: 'json',
  auditRequestId: 'identifier',
  auditIp: 'identifier',
  auditUserAgent: 'text',
} as const;

/** `auditActorId` → `"actorId"` */
function columnOf(parameter: string): string {
  return `"${parameter.charAt(5).toLowerCase()}${parameter.slice(6)}"`;
}

const names = Object.keys(parameters);

/**
 * The pieces of an insert into `audit_event`, so that an event can ride in another lib's single statement:
 * `INSERT INTO audit_event (${columns}) VALUES (${values})`, or `… SELECT ${values} FROM …` below a condition.
 * `parameters` is spread into that statement's own, `auditParameters()` into its values.
 */
export const auditInsert = {
  columns: names.map(columnOf).join(', '),
  values: names.map((name) => `:${name}`).join(', '),
  parameters,
} as const;

export type AuditParameters = ParameterValues<typeof parameters>;

const MAX_IDENTIFIER = 255;
const MAX_USER_AGENT = 512;

/** What is stored of one event that happened `at` an instant, secrets removed; a new id each time. */
export function auditParameters(tenantId: string, event: AuditEvent, at: Date = new Date()): AuditParameters {
  const { actor, target, request } = event;
  return {
    auditTenantId: tenantId,
    auditId: newId(at.getTime()),
    auditOccurredAt: at,
    auditEvent: event.event,
    auditResult: event.result,
    auditActorType: actor.type,
    auditActorId: bounded(actor.id, MAX_IDENTIFIER),
    auditActorTenantId: actor.tenantId === tenantId ? null : actor.tenantId,
    auditTargetType: target?.type,
    auditTargetId: bounded(target?.id, MAX_IDENTIFIER),
    auditClientId: event.clientId,
    auditSessionId: event.sessionId,
    auditOccurrences: 1,
    auditDetail: event.detail && redact(event.detail),
    auditRequestId: bounded(request?.requestId, MAX_IDENTIFIER),
    auditIp: bounded(request?.ip, MAX_IDENTIFIER),
    auditUserAgent: bounded(request?.userAgent, MAX_USER_AGENT),
  };
}

/** Some come from a request: what no column takes would make a sign-in fail for its audit event. */
function bounded(text: string | undefined, bytes: number): string | undefined {
  if (text === undefined) return undefined;
  const stored = text.replaceAll('\0', '').toWellFormed();
  if (Buffer.byteLength(stored) <= bytes) return stored;
  // A cut in the middle of a character leaves a replacement character of three bytes at most.
  return Buffer.from(stored)
    .subarray(0, bytes - 2)
    .toString();
}

export { AUDIT_EVENTS } from './events';
export type { AuditActor, AuditActorType, AuditEvent, AuditEventName, AuditResult, AuditTarget } from './events';

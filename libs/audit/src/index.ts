import { AuditEventEntity } from './audit-event.entity';

export { auditInsert, type AuditParameters, auditParameters } from './audit-insert';
export { AdminTrailModule } from './administration/admin-trail.module';
export { AuditModule } from './audit.module';
export { AuditService } from './audit.service';
export { AUDIT_EVENTS } from './events';
export type { AuditActor, AuditActorType, AuditEvent, AuditEventName, AuditResult, AuditTarget } from './events';
export { type Alert, DashboardSources } from './dashboard/dashboard-sources';
export { DashboardModule } from './dashboard/dashboard.module';
export { LAG_MILLISECONDS, STATISTICS_JOB, StatisticsRollup } from './dashboard/statistics-rollup';
export { redact } from './redact';

/** For the application's data source. */
export const AUDIT_ENTITIES = [AuditEventEntity];

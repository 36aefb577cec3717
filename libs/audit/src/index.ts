import { AuditEventEntity } from './audit-event.entity';
import { AuditChainEntity } from './chain/audit-chain.entity';
import { AuditSealEntity } from './chain/audit-seal.entity';
import { AuditSealingEntity } from './chain/audit-sealing.entity';

export { auditInsert, type AuditParameters, auditParameters } from './audit-insert';
export { AdminTrailModule } from './administration/admin-trail.module';
export { AuditObserver, AuditObservers, type RecordedEvent } from './audit-observers';
export { AuditModule } from './audit.module';
export { AuditService } from './audit.service';
export { AuditChain, type ChainFault, type ChainRange, type ChainVerdict } from './chain/audit-chain.service';
export { AuditRetention } from './chain/audit-retention';
export { AuditSealing } from './chain/audit-sealing';
export { AUDIT_EVENTS } from './events';
export type { AuditActor, AuditActorType, AuditEvent, AuditEventName, AuditResult, AuditTarget } from './events';
export { type Alert, DashboardSources } from './dashboard/dashboard-sources';
export { DashboardModule } from './dashboard/dashboard.module';
export { LAG_MILLISECONDS, STATISTICS_JOB, StatisticsRollup } from './dashboard/statistics-rollup';
export { redact } from './redact';

/** For the application's data source. */
export const AUDIT_ENTITIES = [AuditEventEntity, AuditSealEntity, AuditChainEntity, AuditSealingEntity];

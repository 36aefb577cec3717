export { AdminCall, type AdminChange, Call } from './admin-call';
export { ADMIN_API_ENTITIES, AdminApiModule } from './admin-api.module';
export { ADMIN_API_PATH, ADMIN_SECURITY, AdminController } from './admin-controller';
export { AdminTrail, type AdminTrailEntry, type AdminTrailEvent, changesOf } from './admin-trail';
export { AdminAccess, AdminGuard } from './admin.guard';
export { type AdministrativeActor, type Administrator, administratorOf, assertHolds, contextOf } from './administrator';
export { BulkResultDto, BulkResultsDto, eachRow, MAX_BULK } from './bulk';
export { entityTag } from './entity-tag';
export * from './fields';
export { IdPipe } from './id.pipe';
export { Creations } from './idempotency/creations.service';
export { InputPipe } from './input.pipe';
export { JobsModule } from './jobs/jobs.module';
export { cell, EXPORT_FORMATS, ExportDto, exportFile, type Exported, type ExportFormat } from './lists/export';
export { instantOf, MovingInstant } from './lists/instants';
export { DEFAULT_LIMIT, ListDto, type Page, PageOf, SearchField, SortField } from './lists/list.dto';
export { type PageRequest, readPage } from './lists/page';
export { Operation, type OperationOptions, permissionOf } from './operation';
export {
  type AdminPermission,
  type BuiltInPermission,
  SYSTEM_PERMISSIONS,
  type SystemPermission,
  TENANT_PERMISSIONS,
} from './permissions';
export { problemOf } from './problem-of';
export { ProblemDto, ProblemFieldDto } from './problem.dto';

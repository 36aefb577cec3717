export { CoherentCache, type CoherentCacheOptions } from './coherent-cache';
export * from './columns';
export { Counters, type Count } from './counters';
export { Database, type StatementObserver } from './database';
export { DatabaseModule } from './database.module';
export { DatabaseOptions } from './database-options';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres';
export { chooseEngine, type EngineChoice, type EngineName } from './engine';
export { brokenIndexes, clockDifference, examineDatabase, indexesOf, lastJobRuns } from './examination';
export { isUniqueViolation } from './failures';
export { EVERY_KEY, Invalidations } from './invalidations';
export { type HeldLease, JOB_RUNS, type JobDefinition, type JobRun } from './jobs';
export { Lease, LeaseLostError } from './lease';
export { type JobFailure, Leases } from './leases';
export { beginningWith, containing, List, type Listed } from './lists/list';
export type { ListDefinition, ListFilter, ListPosition, ListRequest, ListSort } from './lists/list-definition';
export { type Migration } from './migrations/migration';
export { migrationsOf } from './migrator';
export { migrateDatabase, openDatabase } from './open-database';
export type { OpenDatabase } from './opened';
export { Outbox } from './outbox';
export type { DeliveryOptions, DeliveryResult, NewMessage, OutboxMessage } from './outbox-message';
export type { ParameterType, ParameterTypes, ParameterValues } from './parameters';
export { redeem, REDEEMABLE_TABLES, type RedeemableTable, type Redemption } from './redeem';
export { registeredStatements, Statement, statement, type StatementDefinition } from './statement';
export {
  registeredSealedColumns,
  type SealedColumn,
  sealedColumn,
  SealedColumns,
  type SealedRow,
} from './sealed-columns';
export { type FindOptions, type TenantOwned, TenantRepository } from './tenant-repository';
export { Transaction } from './transaction';

import { Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Counters } from './counters';
import { Database } from './database';
import { DatabaseOptions } from './database-options';
import { Invalidations } from './invalidations';
import { Leases } from './leases';
import { openDatabase } from './open-database';
import type { OpenDatabase } from './opened';
import { Outbox } from './outbox';
import { SealedColumns } from './sealed-columns';

const OPEN_DATABASE = Symbol('open database');

/** Closes last: libraries that still have to write do so in `onModuleDestroy` or `beforeApplicationShutdown`. */
@Injectable()
class DatabaseShutdown implements OnApplicationShutdown {
  constructor(@Inject(OPEN_DATABASE) private readonly open: OpenDatabase) {}

  async onApplicationShutdown(): Promise<void> {
    await this.open.close();
  }
}

const services = [Database, Invalidations, Leases, Outbox, Counters, DataSource, SealedColumns];

/** Needs `DatabaseOptions` and kernel's `Clock` from a global module of the application. */
@Global()
@Module({
  providers: [
    { provide: OPEN_DATABASE, inject: [DatabaseOptions], useFactory: openDatabase },
    { provide: Database, inject: [OPEN_DATABASE], useFactory: (open: OpenDatabase) => open.database },
    { provide: Invalidations, inject: [OPEN_DATABASE], useFactory: (open: OpenDatabase) => open.invalidations },
    { provide: DataSource, inject: [Database], useFactory: (database: Database) => database.dataSource },
    Leases,
    Outbox,
    Counters,
    SealedColumns,
    DatabaseShutdown,
  ],
  exports: services,
})
export class DatabaseModule {}

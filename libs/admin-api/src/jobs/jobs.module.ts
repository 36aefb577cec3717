import { Module } from '@nestjs/common';
import { JobHistoryPurge } from './job-history-purge';
import { JobsAdmin } from './jobs.admin';
import { JobsController } from './jobs.controller';

/** Needs `AdminAccess` and `AdminTrail` from global modules, and `ScheduleModule.forRoot()` once. */
@Module({ controllers: [JobsController], providers: [JobHistoryPurge, JobsAdmin] })
export class JobsModule {}

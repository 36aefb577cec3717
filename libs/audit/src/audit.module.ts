import { Module } from '@nestjs/common';
import { AuditService } from './audit.service';
import { MachineTokenCounts } from './machine-token-counts';

/** Needs kernel's `Clock` from a global module of the application. */
@Module({ providers: [AuditService, MachineTokenCounts], exports: [AuditService] })
export class AuditModule {}

import { Module } from '@nestjs/common';
import { AuditEventsAdmin } from './administration/audit-events.admin';
import { AuditEventsController } from './administration/audit-events.controller';
import { AuditEventsRepository } from './administration/audit-events.repository';
import { AuditObservers } from './audit-observers';
import { AuditService } from './audit.service';
import { AuditChain } from './chain/audit-chain.service';
import { AuditRetention } from './chain/audit-retention';
import { AuditSealing } from './chain/audit-sealing';
import { ChainRepository } from './chain/chain.repository';
import { SealingRepository } from './chain/sealing.repository';
import { MachineTokenCounts } from './machine-token-counts';

/** Needs kernel's `Clock` and `MasterKeys` from a global module of the application. */
@Module({
  controllers: [AuditEventsController],
  providers: [
    AuditChain,
    AuditEventsAdmin,
    AuditEventsRepository,
    AuditObservers,
    AuditRetention,
    AuditSealing,
    AuditService,
    ChainRepository,
    MachineTokenCounts,
    SealingRepository,
  ],
  exports: [AuditChain, AuditObservers, AuditRetention, AuditSealing, AuditService],
})
export class AuditModule {}

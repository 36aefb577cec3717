import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '@tokenidp/audit';
import { GuardedHttpClient } from '@tokenidp/kernel';
import { TenantInitializers } from '@tokenidp/tenancy';
import { AuthorizationDetailsTypes } from './authorization-details-types';
import { ClientAssignments } from './client-assignments';
import { ClientCache } from './client-cache';
import { ClientKeys } from './client-keys';
import { ClientOrigins } from './client-origins';
import { ClientSecrets } from './client-secrets';
import { ClientsInitializer } from './clients-initializer';
import { ClientsRepository } from './clients.repository';
import { ClientsService } from './clients.service';
import { LastUsed } from './last-used';
import { LastUsedRepository } from './last-used.repository';
import { ResourcesRepository } from './resources.repository';
import { ResourcesService } from './resources.service';
import { SectorIdentifiers } from './sector-identifiers';
import { TrustedIssuersService } from './trusted-issuers/trusted-issuers.service';

/** Needs Clock, KeyedHash, Envelope and OutboundOptions from a global module of the application. */
@Module({
  imports: [AuditModule],
  providers: [
    AuthorizationDetailsTypes,
    ClientAssignments,
    ClientCache,
    ClientKeys,
    ClientOrigins,
    ClientSecrets,
    ClientsInitializer,
    ClientsRepository,
    ClientsService,
    GuardedHttpClient,
    LastUsed,
    LastUsedRepository,
    ResourcesRepository,
    ResourcesService,
    SectorIdentifiers,
    TrustedIssuersService,
  ],
  exports: [
    GuardedHttpClient,
    AuthorizationDetailsTypes,
    ClientKeys,
    ClientOrigins,
    ClientsService,
    ResourcesService,
    TrustedIssuersService,
  ],
})
export class ClientsModule implements OnModuleInit {
  constructor(
    private readonly initializers: TenantInitializers,
    private readonly initializer: ClientsInitializer,
  ) {}

  onModuleInit(): void {
    this.initializers.add(this.initializer);
  }
}

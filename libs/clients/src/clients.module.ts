import { Module, type OnModuleInit } from '@nestjs/common';
import { SealedColumns } from '@tokenidp/database';
import { AuditModule } from '@tokenidp/audit';
import { GuardedHttpClient } from '@tokenidp/kernel';
import { TenantInitializers } from '@tokenidp/tenancy';
import { AuthorizationDetailsTypes } from './authorization-details-types';
import { ClientAssignments } from './client-assignments';
import { ClientAssignmentsAdmin } from './client-assignments.admin';
import { ClientAssignmentsController } from './client-assignments.controller';
import { ClientCache } from './client-cache';
import { ClientKeys } from './client-keys';
import { ClientKeysAdmin } from './client-keys.admin';
import { ClientKeysController } from './client-keys.controller';
import { ClientLogos } from './client-logos';
import { ClientObservers } from './client-observers';
import { ClientOrigins } from './client-origins';
import { ClientHandOver } from './client-rights';
import { KeyAlgorithms } from './key-algorithms';
import { KeyAlgorithmsRepository } from './key-algorithms.repository';
import { ClientSecrets, SEALED_SECRETS } from './client-secrets';
import { ClientSecretsAdmin } from './client-secrets.admin';
import { ClientSecretsController } from './client-secrets.controller';
import { ClientsInitializer } from './clients-initializer';
import { ClientsAdmin } from './clients.admin';
import { ClientsController } from './clients.controller';
import { ClientsRepository } from './clients.repository';
import { ClientsService } from './clients.service';
import { ConfiguredClients } from './configured-clients';
import { HeldClients } from './held-clients';
import { LastUsed } from './last-used';
import { LastUsedRepository } from './last-used.repository';
import { InitialAccessTokens } from './registration/initial-access-tokens.service';
import { MetadataDocuments } from './metadata-documents/metadata-documents.service';
import { RegisteredScopes } from './registration/registered-scopes';
import { RegistrationLimit } from './registration/registration-limit';
import { RegistrationRepository } from './registration/registration.repository';
import { RegistrationRoom } from './registration/registration-room';
import { RegistrationTokensAdmin } from './registration/registration-tokens.admin';
import { RegistrationTokensController } from './registration/registration-tokens.controller';
import { RegistrationService } from './registration/registration.service';
import { UnusedClients } from './registration/unused-clients';
import { ResourceScopes } from './resource-scopes';
import { ResourcesAdmin } from './resources.admin';
import { ResourcesController } from './resources.controller';
import { ResourcesRepository } from './resources.repository';
import { ResourcesService } from './resources.service';
import { ScopesAdmin } from './scopes.admin';
import { ScopesController } from './scopes.controller';
import { SectorIdentifiers } from './sector-identifiers';
import { TrustedIssuersAdmin } from './trusted-issuers/trusted-issuers.admin';
import { TrustedIssuersController } from './trusted-issuers/trusted-issuers.controller';
import { TrustedIssuersService } from './trusted-issuers/trusted-issuers.service';

/** Needs Clock, KeyedHash, Envelope and OutboundOptions from a global module of the application. */
@Module({
  imports: [AuditModule],
  controllers: [
    ClientAssignmentsController,
    ClientKeysController,
    ClientSecretsController,
    ClientsController,
    RegistrationTokensController,
    ResourcesController,
    ScopesController,
    TrustedIssuersController,
  ],
  providers: [
    AuthorizationDetailsTypes,
    ClientAssignments,
    ClientAssignmentsAdmin,
    ClientCache,
    ClientHandOver,
    ClientKeys,
    ClientKeysAdmin,
    ClientLogos,
    ClientObservers,
    ClientOrigins,
    ClientSecrets,
    ClientSecretsAdmin,
    ClientsAdmin,
    ClientsInitializer,
    ClientsRepository,
    ClientsService,
    ConfiguredClients,
    GuardedHttpClient,
    HeldClients,
    InitialAccessTokens,
    KeyAlgorithms,
    KeyAlgorithmsRepository,
    LastUsed,
    LastUsedRepository,
    MetadataDocuments,
    RegisteredScopes,
    RegistrationLimit,
    RegistrationRepository,
    RegistrationRoom,
    RegistrationService,
    RegistrationTokensAdmin,
    ResourceScopes,
    ResourcesAdmin,
    ResourcesRepository,
    ResourcesService,
    ScopesAdmin,
    SectorIdentifiers,
    TrustedIssuersAdmin,
    TrustedIssuersService,
    UnusedClients,
  ],
  exports: [
    GuardedHttpClient,
    AuthorizationDetailsTypes,
    ClientHandOver,
    ClientKeys,
    ClientLogos,
    ClientObservers,
    ClientOrigins,
    ClientsService,
    ConfiguredClients,
    InitialAccessTokens,
    MetadataDocuments,
    RegistrationService,
    ResourcesService,
    TrustedIssuersService,
  ],
})
export class ClientsModule implements OnModuleInit {
  constructor(
    private readonly initializers: TenantInitializers,
    private readonly initializer: ClientsInitializer,
    private readonly columns: SealedColumns,
    private readonly algorithms: KeyAlgorithms,
  ) {}

  onModuleInit(): void {
    this.initializers.add(this.initializer);
    this.initializers.add(this.algorithms);
    this.columns.add(SEALED_SECRETS);
  }
}

import { Global, Module } from '@nestjs/common';
import { AdminAccess } from '@tokenidp/admin-api';
import { AuditModule } from '@tokenidp/audit';
import { ClientRights, ClientsModule } from '@tokenidp/clients';
import { TenancyModule } from '@tokenidp/tenancy';
import { UsersModule } from '@tokenidp/users';
import { FailedRequestsAdmin } from '../failed-requests/failed-requests.admin';
import { FailedRequestsController } from '../failed-requests/failed-requests.controller';
import { OAuthModule } from '../oauth.module';
import { AccessExplanations } from './access-explanations.service';
import { AuthorizationsController, ConsentsController } from './authorizations.controller';
import { ClaimsPreview } from './claims-preview.service';
import { GrantRevocations } from './grant-revocations';
import { GrantsAdmin } from './grants.admin';
import { GrantsRepository } from './grants.repository';
import { PreviewsController } from './previews.controller';
import { BackchannelRequestsController, DeviceRequestsController } from './requests.controller';
import { RoleClientRights } from './role-client-rights';
import { TokenAdminAccess } from './token-admin-access';
import { AccessTokensController, RefreshTokensController } from './tokens.controller';

/** Global, since the guard of every lib's controllers asks for it. */
@Global()
@Module({
  imports: [AuditModule, OAuthModule, ClientsModule, UsersModule, TenancyModule],
  controllers: [
    AccessTokensController,
    AuthorizationsController,
    BackchannelRequestsController,
    ConsentsController,
    DeviceRequestsController,
    FailedRequestsController,
    PreviewsController,
    RefreshTokensController,
  ],
  providers: [
    AccessExplanations,
    ClaimsPreview,
    FailedRequestsAdmin,
    GrantRevocations,
    GrantsAdmin,
    GrantsRepository,
    { provide: AdminAccess, useClass: TokenAdminAccess },
    { provide: ClientRights, useClass: RoleClientRights },
  ],
  exports: [AdminAccess, ClientRights],
})
export class AdministrationModule {}

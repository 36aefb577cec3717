import { Global, Module } from '@nestjs/common';
import { AdminAccess } from '@tokenidp/admin-api';
import { AuditModule } from '@tokenidp/audit';
import { ClientsModule } from '@tokenidp/clients';
import { TenancyModule } from '@tokenidp/tenancy';
import { UsersModule } from '@tokenidp/users';
import { OAuthModule } from '../oauth.module';
import { AccessExplanations } from './access-explanations.service';
import { AuthorizationsController, ConsentsController } from './authorizations.controller';
import { ClaimsPreview } from './claims-preview.service';
import { GrantRevocations } from './grant-revocations';
import { GrantsAdmin } from './grants.admin';
import { GrantsRepository } from './grants.repository';
import { PreviewsController } from './previews.controller';
import { BackchannelRequestsController, DeviceRequestsController } from './requests.controller';
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
    PreviewsController,
    RefreshTokensController,
  ],
  providers: [
    AccessExplanations,
    ClaimsPreview,
    GrantRevocations,
    GrantsAdmin,
    GrantsRepository,
    { provide: AdminAccess, useClass: TokenAdminAccess },
  ],
  exports: [AdminAccess],
})
export class AdministrationModule {}

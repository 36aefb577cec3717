import { Global, Module } from '@nestjs/common';
import { AdminAccess } from '@tokenidp/admin-api';
import { ClientsModule } from '@tokenidp/clients';
import { TenancyModule } from '@tokenidp/tenancy';
import { UsersModule } from '@tokenidp/users';
import { FailedRequestsAdmin } from '../failed-requests/failed-requests.admin';
import { FailedRequestsController } from '../failed-requests/failed-requests.controller';
import { OAuthModule } from '../oauth.module';
import { AccessExplanations } from './access-explanations.service';
import { ClaimsPreview } from './claims-preview.service';
import { PreviewsController } from './previews.controller';
import { TokenAdminAccess } from './token-admin-access';

/** Global, since the guard of every lib's controllers asks for it. */
@Global()
@Module({
  imports: [OAuthModule, ClientsModule, UsersModule, TenancyModule],
  controllers: [FailedRequestsController, PreviewsController],
  providers: [
    AccessExplanations,
    ClaimsPreview,
    { provide: AdminAccess, useClass: TokenAdminAccess },
    FailedRequestsAdmin,
  ],
  exports: [AdminAccess],
})
export class AdministrationModule {}

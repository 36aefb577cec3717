import { Global, Module } from '@nestjs/common';
import { AdminAccess } from '@tokenidp/admin-api';
import { ClientRights, ClientsModule } from '@tokenidp/clients';
import { TenancyModule } from '@tokenidp/tenancy';
import { UsersModule } from '@tokenidp/users';
import { OAuthModule } from '../oauth.module';
import { AccessExplanations } from './access-explanations.service';
import { ClaimsPreview } from './claims-preview.service';
import { PreviewsController } from './previews.controller';
import { RoleClientRights } from './role-client-rights';
import { TokenAdminAccess } from './token-admin-access';

/** Global, since the guard of every lib's controllers asks for it. */
@Global()
@Module({
  imports: [OAuthModule, ClientsModule, UsersModule, TenancyModule],
  controllers: [PreviewsController],
  providers: [
    AccessExplanations,
    ClaimsPreview,
    { provide: AdminAccess, useClass: TokenAdminAccess },
    { provide: ClientRights, useClass: RoleClientRights },
  ],
  exports: [AdminAccess, ClientRights],
})
export class AdministrationModule {}

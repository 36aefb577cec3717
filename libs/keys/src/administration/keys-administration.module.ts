import { Module } from '@nestjs/common';
import { TenancyAdministrationModule } from '@tokenidp/tenancy';
import { KeysModule } from '../keys.module';
import { KeysAdmin } from './keys.admin';
import { KeysController } from './keys.controller';

/** Needs libs/admin-api's `AdminAccess` from a global module. */
@Module({
  imports: [KeysModule, TenancyAdministrationModule],
  controllers: [KeysController],
  providers: [KeysAdmin],
})
export class KeysAdministrationModule {}

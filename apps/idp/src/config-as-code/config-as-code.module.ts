import { Module } from '@nestjs/common';
import { AuditModule } from '@tokenidp/audit';
import { ClientsModule } from '@tokenidp/clients';
import { UsersModule } from '@tokenidp/users';
import { ClientWriter } from './client-writer';
import { ConfigAsCodeController } from './config-as-code.controller';
import { ConfigAsCode } from './config-as-code.service';
import { CurrentState } from './current-state';
import { Exporter } from './export';
import { Planner } from './planner';
import { ConfigurationRights } from './rights';
import { Writer } from './writer';

/** Above all libs, since a configuration is about most of them. */
@Module({
  imports: [AuditModule, ClientsModule, UsersModule],
  controllers: [ConfigAsCodeController],
  providers: [ClientWriter, ConfigAsCode, ConfigurationRights, CurrentState, Exporter, Planner, Writer],
})
export class ConfigAsCodeModule {}

import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { AdminApiModule, InputPipe, JobsModule } from '@tokenidp/admin-api';
import { AdminTrailModule, AuditModule, DashboardModule } from '@tokenidp/audit';
import { ClientFiguresModule, ClientsModule } from '@tokenidp/clients';
import { DatabaseModule } from '@tokenidp/database';
import { KeysAdministrationModule, KeysModule } from '@tokenidp/keys';
import { LoginModule } from '@tokenidp/login';
import { AdministrationModule, OAuthModule } from '@tokenidp/oauth';
import { TenancyAdministrationModule, TenancyModule } from '@tokenidp/tenancy';
import { UsersModule } from '@tokenidp/users';
import { WebhookAlertsModule, WebhooksModule } from '@tokenidp/webhooks';
import { ConfigAsCodeModule } from './config-as-code/config-as-code.module';
import type { Environment } from './config/env';
import { ConfigurationModule, type Overrides } from './configuration.module';
import { HealthController } from './health.controller';
import { ProblemFilter } from './problem.filter';
import type { TlsListener } from './tls/tls-listener';

/** The list of feature modules; only here are they put together. */
@Module({})
export class AppModule {
  static forRoot(environment: Environment, overrides: Overrides, tls: TlsListener): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigurationModule.forRoot(environment, overrides, tls),
        ScheduleModule.forRoot(),
        DatabaseModule,
        AdminApiModule,
        TenancyModule,
        AuditModule,
        AdminTrailModule,
        DashboardModule,
        WebhooksModule,
        KeysModule,
        ClientsModule,
        ClientFiguresModule,
        WebhookAlertsModule,
        UsersModule,
        OAuthModule,
        AdministrationModule,
        JobsModule,
        TenancyAdministrationModule,
        KeysAdministrationModule,
        LoginModule,
        ConfigAsCodeModule,
      ],
      controllers: [HealthController],
      providers: [
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: InputPipe },
      ],
    };
  }
}

import { Module, type NestModule, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AuditModule } from '@tokenidp/audit';
import { ClientObservers, ClientsModule } from '@tokenidp/clients';
import { OAuthModule, PageErrorFilter } from '@tokenidp/oauth';
import { TenancyModule } from '@tokenidp/tenancy';
import { UserObservers, UsersModule } from '@tokenidp/users';
import type { FastifyInstance } from 'fastify';
import { AssetsController } from './assets/assets.controller';
import { ClientLogoController } from './assets/client-logo.controller';
import { Csrf } from './csrf';
import { DeviceController } from './device/device.controller';
import { DevicePages } from './device/device-pages';
import { UserCodeLimit } from './device/user-code-limit';
import { FACTORS } from './factors';
import { HomeController } from './home.controller';
import { InteractionController } from './interaction/interaction.controller';
import { InteractionPages } from './interaction/interaction-pages';
import { NewPasswordController } from './interaction/new-password.controller';
import { NewPasswordPages } from './interaction/new-password-pages';
import { NewPasswordService } from './interaction/new-password.service';
import { OpenInteractions } from './interaction/open-interactions';
import { RegisterController } from './interaction/register.controller';
import { RegisterPages } from './interaction/register-pages';
import { RegisterService } from './interaction/register.service';
import { SignInService } from './interaction/sign-in.service';
import { LoginPortsModule } from './login-ports.module';
import { registerPageSurface } from './page-surface';
import { RequestsController } from './requests/requests.controller';
import { RequestsPages } from './requests/requests-pages';
import { SessionExpiry } from './sessions/session-expiry';
import { SessionClientsRepository } from './sessions/session-clients.repository';
import { SessionPurge } from './sessions/session-purge';
import { SessionPurgeRepository } from './sessions/session-purge.repository';
import { SessionsAdmin } from './sessions/sessions.admin';
import { SessionsController, UserSessionsController } from './sessions/sessions.controller';
import { SessionsService } from './sessions/sessions.service';
import { SetupController } from './setup/setup.controller';
import { SetupRepository } from './setup/setup.repository';
import { SetupService } from './setup/setup.service';

/** Needs `KeyedHash` and `Clock` from a global module of the application. */
@Module({
  imports: [AuditModule, ClientsModule, LoginPortsModule, OAuthModule, TenancyModule, UsersModule],
  controllers: [
    AssetsController,
    ClientLogoController,
    DeviceController,
    HomeController,
    InteractionController,
    NewPasswordController,
    RegisterController,
    RequestsController,
    SessionsController,
    SetupController,
    UserSessionsController,
  ],
  providers: [
    ...FACTORS,
    Csrf,
    DevicePages,
    InteractionPages,
    NewPasswordPages,
    NewPasswordService,
    OpenInteractions,
    RegisterPages,
    RegisterService,
    RequestsPages,
    SessionExpiry,
    SessionClientsRepository,
    SessionPurge,
    SessionPurgeRepository,
    SessionsAdmin,
    SetupRepository,
    SetupService,
    SignInService,
    UserCodeLimit,
  ],
  exports: [SetupService],
})
export class LoginModule implements NestModule, OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly errors: PageErrorFilter,
    private readonly users: UserObservers,
    private readonly clients: ClientObservers,
    private readonly sessionClients: SessionClientsRepository,
    private readonly sessions: SessionsService,
  ) {}

  onModuleInit(): void {
    this.users.add(this.sessions);
    this.clients.add(this.sessionClients);
  }

  /** The moment before Nest adds the controllers' routes. */
  configure(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    registerPageSurface(fastify, (request, reply, error) => this.errors.answer(request, reply, error));
  }
}

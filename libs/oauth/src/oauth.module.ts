import { Module, type NestModule, type OnModuleInit, type Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AuditModule } from '@tokenidp/audit';
import { ClientObservers, ClientsModule } from '@tokenidp/clients';
import { KeysModule } from '@tokenidp/keys';
import { AdministrativeRights, UserObservers, UsersModule } from '@tokenidp/users';
import type { FastifyInstance } from 'fastify';
import { AuthorizationResponder } from './authorize/authorization-responder';
import { AUTHORIZE_PROVIDERS } from './authorize/authorize.providers';
import { Interactions, SessionPort } from './authorize/interaction';
import { Interaction } from './authorize/interaction.entity';
import { PushedRequest } from './authorize/pushed-request.entity';
import { BackchannelRequest } from './backchannel/backchannel-request.entity';
import { BackchannelRequests } from './backchannel/backchannel-requests.service';
import { BACKCHANNEL_PROVIDERS } from './backchannel/backchannel.providers';
import { CLIENT_AUTH_METHODS } from './client-auth';
import { AssertionRules } from './client-auth/assertion-rules';
import { ClientAuthFailures } from './client-auth/client-auth-failures';
import { CLIENT_AUTH_REGISTRY, ClientAuthenticator } from './client-auth/client-authenticator';
import { ClientCertificates } from './client-auth/client-certificate';
import { ClientDocuments } from './client-auth/client-documents';
import { Consent } from './consents/consent.entity';
import { Consents } from './consents/consents.service';
import { DeviceAuthorization } from './device/device-authorization.entity';
import { DEVICE_PROVIDERS } from './device/device.providers';
import { DeviceRequests } from './device/device-requests.service';
import { AuthorizeController } from './endpoints/authorize.controller';
import { BackchannelAuthenticationController } from './endpoints/backchannel-authentication.controller';
import { BackchannelTestApprovalController } from './endpoints/backchannel-test-approval.controller';
import { CheckSessionController } from './endpoints/check-session.controller';
import { Cors } from './endpoints/cors';
import { Documents } from './endpoints/documents';
import { DeviceAuthorizationController } from './endpoints/device-authorization.controller';
import { DocumentsController } from './endpoints/documents.controller';
import { EndSessionController } from './endpoints/end-session.controller';
import { IntrospectionController } from './endpoints/introspection.controller';
import { PageErrorFilter } from './endpoints/page-error.filter';
import { registerProtocolSurface } from './endpoints/protocol-surface';
import { PushedAuthorizationRequestController } from './endpoints/pushed-authorization-request.controller';
import { ResourceAccess } from './endpoints/resource-access';
import { RegistrationController } from './endpoints/registration.controller';
import { RevocationController } from './endpoints/revocation.controller';
import { SenderConstraint } from './endpoints/sender-constraint';
import { TokenController } from './endpoints/token.controller';
import { UserAuthentication } from './endpoints/user-authentication';
import { UserinfoController } from './endpoints/userinfo.controller';
import { DeliveryJobs } from './delivery-jobs';
import { BackchannelDeliveries } from './end-session/backchannel-deliveries';
import { BackchannelLogouts } from './end-session/backchannel-logouts';
import { SignOut } from './end-session/sign-out.service';
import { FailedRequestEntity } from './failed-requests/failed-request.entity';
import { FailedRequestsRepository } from './failed-requests/failed-requests.repository';
import { FailedRequests } from './failed-requests/failed-requests.service';
import { GRANTS } from './grants';
import { GRANT_INSTANCES, GrantRegistry } from './grants/grant-registry';
import { GrantAssertionsRepository } from './jwt-bearer/grant-assertions.repository';
import { GrantAssertions } from './jwt-bearer/grant-assertions.service';
import { TrustedStatements } from './jwt-bearer/trusted-statements';
import { OAuthErrorFilter } from './oauth-error.filter';
import { ExchangeableTokens } from './token-exchange/exchangeable-tokens.service';
import { SessionAuthorizationsRepository } from './token-exchange/session-authorizations.repository';
import { AccessToken } from './tokens/access-token.entity';
import { AccessTokensRepository } from './tokens/access-tokens.repository';
import { AccessTokens } from './tokens/access-tokens.service';
import { AuthorizationCode } from './tokens/authorization-code.entity';
import { Authorization } from './tokens/authorization.entity';
import { Authorizations } from './tokens/authorizations.service';
import { DpopNonces } from './tokens/dpop-nonces';
import { DpopProofs } from './tokens/dpop-proofs.service';
import { ExchangesRepository } from './tokens/exchanges.repository';
import { Introspector } from './tokens/introspector';
import { PolledDecisionsRepository } from './tokens/polled-decisions.repository';
import { PolledExchange } from './tokens/polled-exchange.service';
import { PollsRepository } from './tokens/polls.repository';
import { AuthorizationPurgeRepository } from './tokens/authorization-purge.repository';
import { PurgeRepository } from './tokens/purge.repository';
import { PurgeService } from './tokens/purge.service';
import { RefreshToken } from './tokens/refresh-token.entity';
import { RefreshTokens } from './tokens/refresh-tokens';
import { RefreshTokensRepository } from './tokens/refresh-tokens.repository';
import { Replay } from './tokens/replay.entity';
import { MtlsBinding } from './tokens/mtls-binding';
import { ReplaysRepository } from './tokens/replays.repository';
import { ResponseEncryption } from './tokens/response-encryption';
import { ReuseDetection } from './tokens/reuse-detection';
import { RevokedToken } from './tokens/revoked-token.entity';
import { Revoker } from './tokens/revoker';
import { SignedIntrospection } from './tokens/signed-introspection';
import { Subjects } from './tokens/subjects';
import { TokenIssuer } from './tokens/token-issuer';
import { UserTokens } from './tokens/user-tokens';

/** For the application's `DatabaseOptions`. */
export const OAUTH_ENTITIES = [
  AccessToken,
  Authorization,
  AuthorizationCode,
  BackchannelRequest,
  Consent,
  DeviceAuthorization,
  FailedRequestEntity,
  Interaction,
  PushedRequest,
  RefreshToken,
  Replay,
  RevokedToken,
];

/** The literal lists, as instances in the same order. */
const registries: Provider[] = [
  ...CLIENT_AUTH_METHODS,
  { provide: CLIENT_AUTH_REGISTRY, inject: [...CLIENT_AUTH_METHODS], useFactory: (...methods: unknown[]) => methods },
  ...GRANTS,
  { provide: GRANT_INSTANCES, inject: [...GRANTS], useFactory: (...grants: unknown[]) => grants },
];

const issuing: Provider[] = [
  AccessTokens,
  AccessTokensRepository,
  AssertionRules,
  ClientAuthFailures,
  ClientAuthenticator,
  ClientCertificates,
  ClientDocuments,
  Cors,
  Documents,
  DpopNonces,
  DpopProofs,
  ExchangeableTokens,
  ExchangesRepository,
  FailedRequests,
  FailedRequestsRepository,
  GrantAssertions,
  GrantAssertionsRepository,
  GrantRegistry,
  Introspector,
  MtlsBinding,
  OAuthErrorFilter,
  PageErrorFilter,
  PolledDecisionsRepository,
  PolledExchange,
  PollsRepository,
  AuthorizationPurgeRepository,
  PurgeRepository,
  PurgeService,
  RefreshTokens,
  RefreshTokensRepository,
  ReplaysRepository,
  ResourceAccess,
  ResponseEncryption,
  ReuseDetection,
  Revoker,
  SenderConstraint,
  SessionAuthorizationsRepository,
  SignedIntrospection,
  Subjects,
  TokenIssuer,
  TrustedStatements,
  UserAuthentication,
  UserTokens,
];

/**
 * Needs `SessionPort` and `PagePort` from a global module (libs/login), `ClientCertificateOptions` and kernel's `Clock`
 * and `MasterKeys` from one of the application, and `ScheduleModule.forRoot()` once.
 */
@Module({
  imports: [AuditModule, ClientsModule, KeysModule, UsersModule],
  controllers: [
    AuthorizeController,
    BackchannelAuthenticationController,
    BackchannelTestApprovalController,
    CheckSessionController,
    DeviceAuthorizationController,
    DocumentsController,
    EndSessionController,
    IntrospectionController,
    PushedAuthorizationRequestController,
    RegistrationController,
    RevocationController,
    TokenController,
    UserinfoController,
  ],
  providers: [
    ...registries,
    ...AUTHORIZE_PROVIDERS,
    ...BACKCHANNEL_PROVIDERS,
    ...DEVICE_PROVIDERS,
    DeliveryJobs,
    ...issuing,
  ],
  exports: [
    AccessTokens,
    AuthorizationResponder,
    Authorizations,
    BackchannelDeliveries,
    BackchannelRequests,
    Consents,
    DeviceRequests,
    FailedRequests,
    FailedRequestsRepository,
    Interactions,
    PageErrorFilter,
    ResourceAccess,
    SignOut,
    Subjects,
    TokenIssuer,
  ],
})
export class OAuthModule implements NestModule, OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly errors: OAuthErrorFilter,
    private readonly pages: PageErrorFilter,
    private readonly cors: Cors,
    private readonly documents: Documents,
    private readonly users: UserObservers,
    private readonly clients: ClientObservers,
    private readonly rights: AdministrativeRights,
    private readonly authorizations: Authorizations,
    private readonly sessions: SessionPort,
    private readonly backchannel: BackchannelLogouts,
  ) {}

  onModuleInit(): void {
    this.users.add(this.authorizations);
    this.sessions.observe(this.backchannel);
    this.clients.add(this.authorizations);
    this.clients.addGuard((tenantId, id, tx) => this.rights.assertOwnerRemains(tenantId, { type: 'client', id }, tx));
  }

  /** The moment before Nest adds the controllers' routes: what stands in front of them is set up here. */
  configure(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    registerProtocolSurface(fastify, {
      cors: this.cors.hook,
      document: (path, tenant) => this.documents.peek(path, tenant),
      answer: {
        json: (request, reply, error) => this.errors.answer(request, reply, error),
        page: (request, reply, error) => this.pages.answer(request, reply, error),
      },
    });
  }
}

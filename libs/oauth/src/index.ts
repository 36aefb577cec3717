export { AdministrationModule } from './administration/administration.module';
export { AuthorizationResponder } from './authorize/authorization-responder';
export * from './authorize/interaction';
export { bindBrowser, browserHashOf } from './authorize/interaction-cookie';
export {
  type BackchannelAnswer,
  BackchannelRequests,
  type BackchannelRequestView,
} from './backchannel/backchannel-requests.service';
export { DeviceRequests } from './device/device-requests.service';
export { ClientCertificateOptions, type ClientCertificateHeader } from './client-auth/client-certificate-options';
export { BackchannelDeliveries } from './end-session/backchannel-deliveries';
export { type SessionRevocation, SignOut, type SignOutCall } from './end-session/sign-out.service';
export { FailedRequests } from './failed-requests/failed-requests.service';
export { offersCheckSession } from './endpoints/metadata';
export { isClientEndpoint } from './endpoints/protocol-surface';
export { PageErrorFilter } from './endpoints/page-error.filter';
export { Parameters, type FormSource, type StoredParameters } from './endpoints/form-parameters';
export { type PresentedAccessToken, ResourceAccess, type ResourceCall } from './endpoints/resource-access';
export { OAUTH_ENTITIES, OAuthModule } from './oauth.module';
export { AccessTokens, type ActiveAccessToken } from './tokens/access-tokens.service';
export { Authorizations } from './tokens/authorizations.service';

export { AuthorizationResponder } from './authorize/authorization-responder';
export * from './authorize/interaction';
export { SignOut, type SignOutCall } from './end-session/sign-out.service';
export { PageErrorFilter } from './endpoints/page-error.filter';
export { Parameters, type FormSource, type StoredParameters } from './endpoints/form-parameters';
export { OAUTH_ENTITIES, OAuthModule } from './oauth.module';
export { AccessTokens, type ActiveAccessToken } from './tokens/access-tokens.service';
export { Authorizations } from './tokens/authorizations.service';

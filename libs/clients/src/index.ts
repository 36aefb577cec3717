import { ClientEntity } from './client.entity';
import { ClientResourceEntity } from './client-resource.entity';
import { ClientSecretEntity } from './client-secret.entity';
import { InitialAccessTokenEntity } from './registration/initial-access-token.entity';
import { RegistrationAccessTokenEntity } from './registration/registration-access-token.entity';
import { ResourceEntity } from './resource.entity';
import { ScopeEntity } from './scope.entity';
import { TrustedIssuerEntity } from './trusted-issuers/trusted-issuer.entity';

export { AuthorizationDetailsTypes } from './authorization-details-types';
export type { Change } from './change';
export {
  CLIENT_TYPES,
  type DeliveryMode,
  type Client,
  type ClientMetadata,
  type ClientOrigin,
  type ClientPolicy,
  type ClientSecret,
  type ClientStatus,
  type ClientType,
  type ConsentPolicy,
  type RefreshPolicy,
  type SecurityProfileRules,
  type TokenExchangePolicy,
} from './client';
export type { AssignedScopes } from './client-assignments';
export { ClientKeys } from './client-keys';
export { type ClientLogo, ClientLogos } from './client-logos';
export { ClientObserver, ClientObservers } from './client-observers';
export { ClientOrigins, originsOf } from './client-origins';
export { ClientHandOver, ClientRights } from './client-rights';
export { allowedScopes, defaultScopes } from './client-scopes';
export { deliveryModesOf } from './delivery-modes';
export type { NewSecret } from './client-secrets';
export { ClientsError, type ClientsErrorCode } from './clients-error';
export { ADMIN_SCOPE, adminApiIdentifier, PORTAL_CLIENT_ID, SWAGGER_CLIENT_ID } from './clients-initializer';
export { ClientFiguresModule } from './dashboard/client-figures.module';
export { ClientsModule } from './clients.module';
export { type ClientCreation, ClientsService, type CreatedClient, type NewAssignment } from './clients.service';
export { ClientMetadataError, type ClientMetadataErrorCode } from './metadata/client-metadata-error';
export { type ConfiguredClient, ConfiguredClients } from './configured-clients';
export { CreateClientDto } from './dto/client.dto';
export { CreateResourceDto } from './dto/resource.dto';
export { CreateTrustedIssuerDto } from './dto/trusted-issuer.dto';
export { withIssuer, withoutIssuer } from './issuer-placeholder';
export { CONTENT_ENCRYPTIONS, ENCRYPTION_ALGORITHMS, findEncryptionKey } from './metadata/encryption';
export type { MetadataInput } from './metadata/members';
export { type RegistrationGrant, type RegistrationPolicy, registrationPolicy } from './metadata/registration-policy';
export { validateClientMetadata, type ValidatedClient } from './metadata/validate-client-metadata';
export { isDocumentAddress } from './metadata-documents/document-address';
export { isServed, MetadataDocuments } from './metadata-documents/metadata-documents.service';
export type { NewClient } from './new-client-row';
export { registeredMembers } from './registration/client-information';
export {
  type InitialAccessToken,
  InitialAccessTokens,
  type NewInitialAccessToken,
} from './registration/initial-access-tokens.service';
export { RegistrationError, type RegistrationErrorCode } from './registration/registration-error';
export { type Registration, type RegistrationCall, RegistrationService } from './registration/registration.service';
export { UnusedClients } from './registration/unused-clients';
export { RedirectUriSet } from './redirect-uri-set';
export type {
  Assignment,
  AuthorizationDetailsType,
  DetailMember,
  RequiredAuthentication,
  Resource,
  ResourceScope,
  TokenFormat,
} from './resource';
export { assertResource, type NewResource } from './resource-input';
export { type ResourcePatch, ResourcesService } from './resources.service';
export { sectorOf } from './sector';
export { FAPI_SIGNING_ALGORITHMS, floorFault, SECURITY_PROFILE_RULES } from './security-profiles';
export { type AssertionSubject, ASSERTION_SUBJECTS, type TrustedIssuer } from './trusted-issuers/trusted-issuer';
export { TrustedIssuersService } from './trusted-issuers/trusted-issuers.service';

/** For the application's data source. */
export const CLIENTS_ENTITIES = [
  ClientEntity,
  ClientSecretEntity,
  ResourceEntity,
  ScopeEntity,
  ClientResourceEntity,
  TrustedIssuerEntity,
  InitialAccessTokenEntity,
  RegistrationAccessTokenEntity,
];

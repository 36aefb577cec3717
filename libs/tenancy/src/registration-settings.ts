/** @spec RFC 7591 §1, §3 and §5, OAuth 2.1 §2.1 — who may register a client, and what a client that does may be. */
import { CLIENT_AUTH_METHODS, type ClientAuthMethod, type GrantType, OIDC_SCOPES } from '@tokenidp/kernel';

export const REGISTRATION_MODES = ['closed', 'token', 'open'] as const;
/** `token`: only with an initial access token (RFC 7591 §3). */
export type RegistrationMode = (typeof REGISTRATION_MODES)[number];

export const REDIRECT_URI_SCHEMES = ['https', 'loopback', 'private-use'] as const;
/** `loopback`: http at the device itself; `private-use`: a scheme of the application's own (RFC 8252 §7). */
export type RedirectUriScheme = (typeof REDIRECT_URI_SCHEMES)[number];

/** What a client that registers itself may ask for; an initial access token can say otherwise for those who hold it. */
export interface RegistrationLimits {
  grantTypes: GrantType[];
  authMethods: ClientAuthMethod[];
  redirectUriSchemes: RedirectUriScheme[];
  /** `host` or `*.domain`; any host when empty. Who may have a host here is trusted with it. */
  redirectUriHosts: string[];
  /** The most a client can have: of OpenID Connect, and of APIs, which are assigned to it when it asks for them. */
  scopes: string[];
  /** False lets a confidential client do without (OAuth 2.1 §7.6 names nonce as its other protection). */
  requirePkce: boolean;
}

/** Who signs software statements (RFC 7591 §2.3) that the tenant believes. */
export interface SoftwareIssuer {
  /** `iss` of the statements. */
  issuer: string;
  /** Public keys. */
  jwks: { keys: Record<string, unknown>[] };
}

export interface RegistrationSettings extends RegistrationLimits {
  mode: RegistrationMode;
  softwareStatements: 'optional' | 'required';
  softwareIssuers: SoftwareIssuer[];
  /** Of all that are active and registered themselves. */
  maxClients: number;
  /** Days without a token request after which a registered client ends; 0 for never. */
  unusedDays: number;
  /** An update of the client gets it another registration access token (RFC 7592 §2.2). */
  rotateTokens: boolean;
  /** A client_id may be the https address of a metadata document. */
  metadataDocuments: boolean;
  /** `host` or `*.domain` of such documents; any host when empty. */
  metadataHosts: string[];
}

export const DEFAULT_REGISTRATION: RegistrationSettings = {
  mode: 'closed',
  grantTypes: ['authorization_code', 'refresh_token'],
  authMethods: [...CLIENT_AUTH_METHODS],
  redirectUriSchemes: [...REDIRECT_URI_SCHEMES],
  redirectUriHosts: [],
  scopes: [...OIDC_SCOPES],
  requirePkce: true,
  softwareStatements: 'optional',
  softwareIssuers: [],
  maxClients: 1000,
  unusedDays: 90,
  rotateTokens: true,
  metadataDocuments: false,
  metadataHosts: [],
};

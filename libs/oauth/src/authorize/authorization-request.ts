import type { Client } from '@tokenidp/clients';
import type { AuthorizationDetail, ClaimsRequest, OAuthError, Prompt, ResponseMode } from '@tokenidp/kernel';
import type { VerifiedJwt, JwtExpectation } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import type { ClientJwt } from '../client-auth/client-jwt';
import type { Parameters } from '../endpoints/form-parameters';
import type { DeviceView } from './interaction';
import type { PushedRequestRow } from './pushed-requests.repository';

/** Parameters that may be sent more than once (RFC 8707 §2). */
export const REPEATABLE: ReadonlySet<string> = new Set(['resource']);

/** By a browser, by the client itself (RFC 9126), or out of an interaction, having come by one of these before. */
export type Arrival = 'browser' | 'push' | 'interaction';

/** An authorization request on its way through the rules, each of which narrows a part of it. */
export class AuthorizationRequest {
  arrival: Arrival = 'browser';
  /** the request that was pushed, whose parameters these are; the answer uses it up (S-111) */
  pushedRequestId?: string;
  /** a request object that `request_uri` referred to */
  requestObject?: string;
  /** true when the parameters are those of a request object, signed by the client */
  isSigned = false;
  /** why a request object cannot be used, kept until there is somewhere to tell it */
  refusal?: OAuthError;
  client!: Client;
  /** where the answer goes: what was sent, or the only one registered */
  redirectUri!: string;
  responseMode: ResponseMode = 'query';
  /** byte for byte */
  state?: string;
  /** what will be granted if the user agrees */
  scopes: ReadonlySet<string> = new Set();
  /** `resource` as sent (RFC 8707 §2.1) */
  resources: readonly string[] = [];
  /** of the scopes, those of each API, by its identifier */
  apiScopes: Readonly<Record<string, readonly string[]>> = {};
  /** as sent (RFC 9396 §2) */
  authorizationDetails: readonly AuthorizationDetail[] = [];
  /** S256 */
  codeChallenge?: string;
  nonce?: string;
  /** thumbprint of the one key the code is for (RFC 9449 §10) */
  dpopJkt?: string;
  prompts: ReadonlySet<Prompt> = new Set();
  /** seconds since the sign-in, at most */
  maxAge?: number;
  claims?: ClaimsRequest;
  /** authentication context classes, in order of preference */
  acrValues: readonly string[] = [];
  /** true when the sign-in must have one of `acrValues` (OIDC Core §5.5.1.1) */
  acrEssential = false;
  /** the user it must be, by id_token_hint or a requested `sub` */
  subject?: string;
  loginHint?: string;
  uiLocales: readonly string[] = [];
  display?: string;
  /** set when it is a device's request that the user is asked about (RFC 8628) */
  deviceAuthorizationId?: string;
  device?: DeviceView;

  constructor(
    /** a request that was pushed or signed takes their place */
    public parameters: Parameters,
    /** what was wrong with the text of the request itself */
    readonly fault?: OAuthError,
  ) {}
}

/** Where request objects come from and who is believed to have signed them. */
export interface RequestObjectSource {
  /** Header and claims of what the client has signed; throws `invalid_request_object`. */
  verify(jwt: string, client: Client, tenant: Tenant): Promise<ClientJwt>;
  /** What is at a registered `request_uri` now; throws `invalid_request_uri`. */
  fetch(uri: string): Promise<string>;
}

/** What rules may look at besides the request. */
export interface AuthorizationContext {
  readonly tenant: Tenant;
  readonly nowSeconds: number;
  readonly clients: { find(tenantId: string, clientId: string): Promise<Client | null> };
  readonly verifier: { verify(tenant: Tenant, jwt: string, expect: JwtExpectation): Promise<VerifiedJwt | null> };
  readonly pushedRequests: { find(tenantId: string, hash: string): Promise<PushedRequestRow | null> };
  readonly requestObjects: RequestObjectSource;
  /** every acr the sign-in can reach, weakest first */
  readonly acrValues: readonly string[];
}

/** Throws `OAuthError`, or returns having narrowed its part of the request. Never answers. */
export type AuthorizationRule = (request: AuthorizationRequest, context: AuthorizationContext) => void | Promise<void>;

import type { Client } from '@tokenidp/clients';
import type { AuthorizationDetail, GrantType, RequestContext, TokenTypeIdentifier } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { Parameters } from '../endpoints/form-parameters';
import type { Confirmation, TokenType } from '../tokens/confirmation';

/** A token request that has arrived: the client is who it says, each parameter is there once. */
export interface TokenRequest {
  readonly tenant: Tenant;
  /** authenticated, active, and allowed to use the grant */
  readonly client: Client;
  readonly parameters: Parameters;
  readonly context: RequestContext;
  /** the key that the request has proven to hold, and that what is issued is bound to; absent without a proof */
  readonly confirmation?: Confirmation;
  readonly now: Date;
}

/** RFC 6749 §5.1, OIDC Core §3.1.3.3. */
export interface TokenResponse {
  access_token: string;
  /** of a token exchange (RFC 8693 §2.2.1) */
  issued_token_type?: TokenTypeIdentifier;
  token_type: TokenType;
  /** seconds */
  expires_in: number;
  /** absent when the token holds none */
  scope?: string;
  /** RFC 9396 §7 */
  authorization_details?: readonly AuthorizationDetail[];
  refresh_token?: string;
  id_token?: string;
}

/** How a token is obtained (RFC 6749 §1.3); one file each. */
export interface Grant {
  readonly grantType: GrantType;
  /** what the form may hold besides `grant_type` and the client's credentials */
  readonly parameters: readonly string[];
  /** those of them that may be sent more than once */
  readonly repeatable?: readonly string[];
  /** Throws `OAuthError`; what is not written yet stays unwritten then. */
  exchange(request: TokenRequest): Promise<TokenResponse>;
}

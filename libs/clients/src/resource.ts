export type TokenFormat = 'jwt' | 'opaque';

export interface ResourceScope {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Asked for with emphasis, and never given to clients that registered themselves (S-153). */
  readonly sensitive: boolean;
}

/** What the value of a member has to be: a text (one of `values`, where there are), a list of texts, anything in JSON. */
export interface DetailMember {
  readonly kind: 'text' | 'texts' | 'number' | 'boolean' | 'object';
  readonly required?: boolean;
  /** the only ones that a text may be */
  readonly values?: readonly string[];
  /** for the user; the member's own name when absent */
  readonly displayName?: string;
}

/** RFC 9396 §2.1: a type of authorization details that a resource knows. */
export interface AuthorizationDetailsType {
  readonly type: string;
  /** for the user, in words */
  readonly displayName: string;
  readonly description: string;
  /** Members beside `type`; others are refused. */
  readonly members: Readonly<Record<string, DetailMember>>;
}

/** RFC 9470: the sign-in that a protected resource asks for; the authorization endpoint sees to it. */
export interface RequiredAuthentication {
  /** authentication context class, or a stronger one */
  readonly requiredAcr?: string;
  /** since the sign-in, at most */
  readonly maxAgeSeconds?: number;
}

/** A protected API. */
export interface Resource extends RequiredAuthentication {
  readonly id: string;
  readonly tenantId: string;
  /** Absolute URI without fragment (RFC 8707 §2); the `aud` of its tokens. */
  readonly identifier: string;
  readonly name: string;
  readonly tokenFormat: TokenFormat;
  /** Signs its access tokens. */
  readonly algorithm: string;
  readonly accessTokenSeconds?: number;
  readonly includePermissions: boolean;
  readonly includeRoles: boolean;
  readonly scopes: readonly ResourceScope[];
  readonly authorizationDetailsTypes?: readonly AuthorizationDetailsType[];
}

/** What one client may ask for at one resource: on behalf of users, and for itself. */
export interface Assignment {
  readonly resource: Resource;
  readonly userScopes: readonly string[];
  readonly clientScopes: readonly string[];
}

export type TokenFormat = 'jwt' | 'opaque';

export interface ResourceScope {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  /** Asked for with emphasis, and never given to clients that registered themselves (S-153). */
  readonly sensitive: boolean;
}

/** A protected API. */
export interface Resource {
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
}

/** What one client may ask for at one resource: on behalf of users, and for itself. */
export interface Assignment {
  readonly resource: Resource;
  readonly userScopes: readonly string[];
  readonly clientScopes: readonly string[];
}

import type { Client } from '@tokenidp/clients';
import type { Confirmation } from './confirmation';

/** What an access token says of the user it acts for, and of how the user signed in. */
export interface AccessTokenSubject {
  readonly userId: string;
  readonly authorizationId: string;
  /** seconds since the epoch */
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
}

/** Roles and permissions, only where the resource asks for them. */
export interface AccessTokenRights {
  readonly roles?: readonly string[];
  readonly permissions?: readonly string[];
}

export interface AccessTokenContent {
  readonly issuer: string;
  readonly client: Client;
  readonly audience: readonly string[];
  readonly scope: string;
  readonly subject?: AccessTokenSubject;
  readonly rights?: AccessTokenRights;
  /** absent for a bearer token */
  readonly confirmation?: Confirmation;
  readonly jti: string;
  /** seconds since the epoch */
  readonly issuedAt: number;
  readonly lifetimeSeconds: number;
}

export type AccessTokenClaims = Record<string, unknown>;

/**
 * @spec RFC 9068 §2.2, RFC 9449 §6.1 — the claims of an access token, the same for a JWT and for what introspection says of an
 * opaque one. A token of a client itself has the client as its subject and says nothing of a sign-in.
 */
export function accessTokenClaims(content: AccessTokenContent): AccessTokenClaims {
  const { client, subject, rights, audience } = content;
  const claims: AccessTokenClaims = {
    iss: content.issuer,
    sub: subject ? subject.userId : client.client_id,
    aud: audience.length === 1 ? audience[0] : audience,
    client_id: client.client_id,
    iat: content.issuedAt,
    exp: content.issuedAt + content.lifetimeSeconds,
    jti: content.jti,
  };
  if (content.scope !== '') claims.scope = content.scope;
  if (subject) {
    claims.auth_time = subject.authTime;
    claims.acr = subject.acr;
    claims.amr = subject.amr;
  }
  if (content.confirmation) claims.cnf = content.confirmation;
  if (rights?.roles) claims.roles = rights.roles;
  if (rights?.permissions) claims.permissions = rights.permissions;
  return claims;
}

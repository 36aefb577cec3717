import type { Client } from '@tokenidp/clients';
import type { AuthorizationDetail } from '@tokenidp/kernel';
import type { Confirmation } from './confirmation';

/** What an access token says of the user it acts for, and of how the user signed in. */
export interface AccessTokenSubject {
  readonly userId: string;
  readonly authorizationId: string;
  /** seconds since the epoch; this and what follows is absent where nobody signed in here (RFC 7523) */
  readonly authTime?: number;
  readonly acr?: string;
  readonly amr?: readonly string[];
}

/** RFC 8693 §4.1: who acts, and for whom that one acted before. */
export interface Actor {
  readonly sub: string;
  readonly act?: Actor;
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
  /** of a token about a client; the client itself when absent */
  readonly subjectClient?: Client;
  readonly actor?: Actor;
  readonly rights?: AccessTokenRights;
  readonly authorizationDetails?: readonly AuthorizationDetail[];
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
  const { client, subject, audience } = content;
  const claims: AccessTokenClaims = {
    iss: content.issuer,
    sub: subject ? subject.userId : (content.subjectClient ?? client).client_id,
    aud: audience.length === 1 ? audience[0] : audience,
    client_id: client.client_id,
    iat: content.issuedAt,
    exp: content.issuedAt + content.lifetimeSeconds,
    jti: content.jti,
  };
  for (const [name, value] of Object.entries(optionalClaims(content))) if (value !== undefined) claims[name] = value;
  return claims;
}

/** Undefined for what the token says nothing of. */
function optionalClaims({
  scope,
  subject,
  rights,
  actor,
  authorizationDetails,
  confirmation,
}: AccessTokenContent): AccessTokenClaims {
  return {
    scope: scope === '' ? undefined : scope,
    ...(subject && { auth_time: subject.authTime, acr: subject.acr, amr: subject.amr }),
    authorization_details: authorizationDetails?.length ? authorizationDetails : undefined,
    act: actor,
    cnf: confirmation,
    roles: rights?.roles,
    permissions: rights?.permissions,
  };
}

import type { Client } from '@tokenidp/clients';
import { hash } from 'node:crypto';

/** What belongs together when nobody has asked for it by a connection of their own (CIBA Core §10.3.1). */
export interface PushedWith {
  readonly authReqId: string;
  readonly refreshToken?: string;
}

export interface IdTokenContent {
  readonly issuer: string;
  readonly client: Client;
  /** what the client knows the user by */
  readonly sub: string;
  /** seconds since the epoch */
  readonly authTime?: number;
  readonly acr?: string;
  readonly amr?: readonly string[];
  /** the session as the client knows it; undefined once there is none */
  readonly sid?: string;
  /** exactly as it was sent; undefined when it was not */
  readonly nonce?: string;
  readonly accessToken: string;
  /** of a token that is pushed: what else has come with it */
  readonly pushed?: PushedWith;
  readonly algorithm: string;
  /** claims about the user that the `claims` parameter asked for here */
  readonly requested: Record<string, unknown>;
  /** seconds since the epoch */
  readonly issuedAt: number;
  readonly lifetimeSeconds: number;
}

/**
 * @spec OIDC Core §2, §3.1.3.6, §5.5 — what happened at the provider and nothing else; what scopes ask for is
 * answered by userinfo, and a requested claim never overrides one of these.
 */
export function idTokenClaims(content: IdTokenContent): Record<string, unknown> {
  const claims: Record<string, unknown> = {
    ...content.requested,
    iss: content.issuer,
    sub: content.sub,
    aud: content.client.client_id,
    azp: content.client.client_id,
    iat: content.issuedAt,
    exp: content.issuedAt + content.lifetimeSeconds,
    auth_time: content.authTime,
    acr: content.acr,
    amr: content.amr,
    at_hash: accessTokenHash(content.accessToken, content.algorithm),
    ...pushedClaims(content),
  };
  if (content.nonce !== undefined) claims.nonce = content.nonce;
  if (content.sid !== undefined) claims.sid = content.sid;
  return claims;
}

/** @spec CIBA Core §10.3.1 — the ID token vouches for all that lies beside it in a push. */
function pushedClaims({ pushed, algorithm }: IdTokenContent): Record<string, unknown> {
  if (!pushed) return {};
  const { authReqId, refreshToken } = pushed;
  return {
    'urn:openid:params:jwt:claim:auth_req_id': authReqId,
    ...(refreshToken !== undefined && {
      'urn:openid:params:jwt:claim:rt_hash': accessTokenHash(refreshToken, algorithm),
    }),
  };
}

/** OIDC Core §3.1.3.6: the left half of the hash that belongs to the ID token's algorithm. */
export function accessTokenHash(accessToken: string, algorithm: string): string {
  const digest = hash(hashName(algorithm), accessToken, 'buffer');
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

function hashName(algorithm: string): string {
  if (algorithm === 'EdDSA' || algorithm === 'Ed25519' || algorithm.endsWith('512')) return 'sha512';
  return algorithm.endsWith('384') ? 'sha384' : 'sha256';
}

import { newTokenId } from './token-id';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** ASVS 10.5.5 */
const LIFETIME_SECONDS = 120;

export interface LogoutTokenContent {
  readonly issuer: string;
  readonly clientId: string;
  readonly sub: string;
  readonly sid: string;
  /** seconds since the epoch */
  readonly issuedAt: number;
}

/** @spec OIDC Back-Channel Logout §2.4, RFC 8725 §3.11 — one event, no `nonce`: it can be taken for no ID token (S-128). */
export function logoutTokenClaims(content: LogoutTokenContent): Record<string, unknown> {
  return {
    iss: content.issuer,
    aud: content.clientId,
    sub: content.sub,
    sid: content.sid,
    iat: content.issuedAt,
    exp: content.issuedAt + LIFETIME_SECONDS,
    jti: newTokenId(),
    events: { [EVENT]: {} },
  };
}

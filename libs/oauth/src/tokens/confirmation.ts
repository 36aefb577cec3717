/**
 * @spec RFC 7800 §3.1, RFC 9449 §5, §6, RFC 8705 §3.1 — which key its holder has to prove for a token to be worth
 * anything; without one it is a bearer token.
 */

/** `cnf`, with its wire names. */
export interface Confirmation {
  /** SHA-256 thumbprint of the public key of the holder's DPoP proofs (RFC 7638) */
  readonly jkt?: string;
  /** SHA-256 thumbprint of the certificate of the holder's TLS connection */
  readonly 'x5t#S256'?: string;
}

const METHODS = ['jkt', 'x5t#S256'] as const;

export type TokenType = 'Bearer' | 'DPoP';

/** RFC 9449 §5: how a token is presented; one that is bound to a certificate is presented as a bearer token. */
export function tokenTypeOf(confirmation: Confirmation | undefined): TokenType {
  return confirmation?.jkt === undefined ? 'Bearer' : 'DPoP';
}

/** What a token says of the key it is bound to; undefined for a bearer token. */
export function confirmationOf(claims: Readonly<Record<string, unknown>>): Confirmation | undefined {
  const { cnf } = claims;
  return typeof cnf === 'object' && cnf !== null ? (cnf as Confirmation) : undefined;
}

/** True when every key that something is bound to was proven; what is bound to none needs no proof. */
export function isProven(bound: Confirmation | null | undefined, proven: Confirmation | undefined): boolean {
  return METHODS.every((method) => bound?.[method] === undefined || bound[method] === proven?.[method]);
}

/**
 * @spec RFC 7523 §3, §3.1, RFC 8725 §3.8, §3.11 — what the JWT of a trusted issuer must say to count as a grant. Pure:
 * the signature, and that the `jti` is good once, are looked at elsewhere.
 */
import type { Client } from '@tokenidp/clients';
import { audienceMatches, timeFault } from '../client-auth/client-assertion';
import { type ClientJwt, mediaType } from '../client-auth/client-jwt';

export interface GrantAssertionExpectation {
  readonly client: Client;
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly nowSeconds: number;
}

const MAX_LENGTH = 512;
/** Anything else says that it is something else: an access token, a logout token, the proof of a client. */
const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt']);

/** The first thing that is wrong, in words for the log; null when nothing is. */
export function grantAssertionFault({ header, claims }: ClientJwt, expected: GrantAssertionExpectation) {
  if (!TYPES.has(mediaType(header.typ))) return 'typ';
  if ('crit' in header) return 'crit';
  if (!isName(claims.sub)) return 'sub';
  if (!audienceMatches(claims.aud, expected)) return 'aud';
  if (!isName(claims.jti)) return 'jti';
  return timeFault(claims, expected.nowSeconds, expected.client.profile.assertionSeconds);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_LENGTH;
}

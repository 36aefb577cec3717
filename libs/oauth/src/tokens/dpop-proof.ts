/**
 * @spec RFC 9449 §4.2, §4.3, §11.1, RFC 8725 §3.1, §3.11 — what a JWT must say to prove that its sender holds a key now,
 * for this request (S-115). Pure: the single use of its `jti` is looked at elsewhere.
 */
import { sha256 } from '@tokenidp/kernel';
import { parseObject, splitCompactJws } from '@tokenidp/keys';
import { DpopProofError, invalidProof } from './dpop-proof-error';
import { proofKey } from './dpop-proof-key';

export { DpopProofError } from './dpop-proof-error';
export { DPOP_SIGNING_ALGORITHMS } from './dpop-proof-key';

/** What a proof has to be for. */
export interface DpopExpectation {
  /** of the HTTP request */
  readonly method: string;
  /** public URLs of the endpoint, without query: where it is, and where clients with certificates go */
  readonly urls: readonly string[];
  /** presented with the proof at a resource; absent where tokens are asked for */
  readonly accessToken?: string;
  /** tells a nonce of the server's; absent where proofs need none */
  readonly isNonce?: (nonce: string) => boolean;
  /** seconds since the epoch */
  readonly nowSeconds: number;
}

/** A proof that is good, but for whether it was used before. */
export interface DpopProof {
  /** SHA-256 thumbprint of its key (RFC 7638) */
  readonly jkt: string;
  readonly jti: string;
}

type ProofClaims = Readonly<Record<string, unknown>>;

/** Room for an RSA key of 4096 bits and its signature. */
const MAX_LENGTH = 4096;
const MAX_JTI_LENGTH = 512;
const PAST_SECONDS = 60;
const FUTURE_SECONDS = 10;

/** Throws `DpopProofError`. @param text the value of the header */
export async function verifyDpopProof(text: string, expected: DpopExpectation): Promise<DpopProof> {
  // Several header fields arrive as one with commas, which no JWT has.
  const segments = text.length > MAX_LENGTH ? null : splitCompactJws(text);
  if (!segments) throw invalidProof('there must be exactly one signed JWT');
  const { jkt, key } = await proofKey(segments.header);
  if (!(await key.verifies(segments))) throw invalidProof('it is not signed by the key in its header');
  const claims: ProofClaims | null = parseObject(segments.payload);
  if (!claims) throw invalidProof('its claims are no object');
  const { jti } = claims;
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) throw invalidProof('jti is missing');
  checkRequest(claims, expected);
  checkLife(claims, expected);
  checkTime(claims, expected);
  return { jkt, jti };
}

function checkRequest({ htm, htu, ath }: ProofClaims, { method, urls, accessToken }: DpopExpectation): void {
  if (htm !== method) throw invalidProof('htm is not the method of the request');
  const isHere = typeof htu === 'string' && isOneOf(urls, htu);
  if (!isHere) throw invalidProof('htu is not the endpoint');
  if (accessToken !== undefined && ath !== sha256(accessToken)) throw invalidProof('ath is not the access token');
}

/** RFC 7519 §4.1.4, §4.1.5: `exp` and `nbf` are not asked for, but hold where they are there. */
function checkLife({ exp, nbf }: ProofClaims, { nowSeconds }: DpopExpectation): void {
  const isOver = exp !== undefined && !(typeof exp === 'number' && exp > nowSeconds - FUTURE_SECONDS);
  const isEarly = nbf !== undefined && !(typeof nbf === 'number' && nbf <= nowSeconds + FUTURE_SECONDS);
  if (isOver || isEarly) throw invalidProof('it is over, or has not begun');
}

/** RFC 9449 §4.3 no. 11: a nonce of the server's says when the proof was made, and better than the client's clock. */
function checkTime({ iat, nonce }: ProofClaims, { isNonce, nowSeconds }: DpopExpectation): void {
  if (typeof iat !== 'number') throw invalidProof('iat is missing');
  if (!isNonce) {
    if (iat < nowSeconds - PAST_SECONDS || iat > nowSeconds + FUTURE_SECONDS) throw invalidProof('iat is not now');
  } else if (typeof nonce !== 'string' || !isNonce(nonce)) {
    throw new DpopProofError('use_dpop_nonce', 'the DPoP proof needs the nonce of the DPoP-Nonce header');
  }
}

const URI = /^https?:\/\/[!#-;=?-[\]_a-z~]+$/i;
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

/** As it is spelled, which is what clients send, or spelled in another way. */
function isOneOf(urls: readonly string[], htu: string): boolean {
  if (urls.includes(htu)) return true;
  const endpoint = endpointOf(htu);
  return endpoint !== null && urls.some((url) => endpointOf(url) === endpoint);
}

/** RFC 3986 §6.2.2, §6.2.3, without query and fragment; null for what is no HTTP URI. */
function endpointOf(uri: string): string | null {
  const url = URI.test(uri) ? URL.parse(uri) : null;
  if (!url) return null;
  url.search = '';
  url.hash = '';
  return url.href.replace(/%[0-9a-f]{2}/gi, normalizedOctet);
}

function normalizedOctet(encoded: string): string {
  const character = String.fromCharCode(parseInt(encoded.slice(1), 16));
  return UNRESERVED.test(character) ? character : encoded.toUpperCase();
}

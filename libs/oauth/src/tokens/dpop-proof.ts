/**
 * @spec RFC 9449 §4.2, §4.3, §11.1, RFC 8725 §3.1, §3.11 — what a JWT must say to prove that its sender holds a key now,
 * for this request (S-115). Pure: the single use of its `jti` is looked at elsewhere.
 */
import { sha256 } from '@tokenidp/kernel';
import { calculateJwkThumbprint, decodeProtectedHeader, EmbeddedJWK, type JWK, type JWTPayload, jwtVerify } from 'jose';

/** Asymmetric, and those of FAPI 2.0 §5.4.1 alone: a proof's key is made for it, so that no client needs another. */
export const DPOP_SIGNING_ALGORITHMS = ['ES256', 'PS256', 'Ed25519', 'EdDSA'] as const;

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

/** Why a proof is not good, with an error code that both dialects have; the description is public. */
export class DpopProofError extends Error {
  constructor(
    readonly error: 'invalid_dpop_proof' | 'use_dpop_nonce',
    readonly description: string,
  ) {
    super(`${error}: ${description}`);
    this.name = 'DpopProofError';
  }
}

/** Room for an RSA key of 4096 bits and its signature. */
const MAX_LENGTH = 4096;
const MAX_JTI_LENGTH = 512;
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const PAST_SECONDS = 60;
const FUTURE_SECONDS = 10;

/** Throws `DpopProofError`. @param text the value of the header */
export async function verifyDpopProof(text: string, expected: DpopExpectation): Promise<DpopProof> {
  const jwk = keyIn(text);
  const claims = await authenticate(text, expected.nowSeconds);
  const { jti } = claims;
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) throw invalid('jti is missing');
  checkRequest(claims, expected);
  checkTime(claims, expected);
  return { jkt: await calculateJwkThumbprint(jwk), jti };
}

/** The public key in the header, before anything is verified with it. */
function keyIn(text: string): JWK {
  const header = headerOf(text);
  if (header?.typ !== 'dpop+jwt') throw invalid('typ is not dpop+jwt');
  if (!(DPOP_SIGNING_ALGORITHMS as readonly unknown[]).includes(header.alg)) throw invalid('alg is not supported');
  const { jwk } = header;
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) throw invalid('jwk is missing');
  if (PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member))) throw invalid('jwk is not a public key');
  return jwk;
}

function headerOf(text: string): ReturnType<typeof decodeProtectedHeader> | null {
  // Several header fields arrive as one with commas, which no JWT has.
  if (text.length > MAX_LENGTH || !COMPACT.test(text)) throw invalid('there must be exactly one signed JWT');
  try {
    return decodeProtectedHeader(text);
  } catch {
    return null;
  }
}

/** RFC 7519 §4.1.4, §4.1.5: `exp` and `nbf` are not asked for, but hold where they are there. */
async function authenticate(text: string, nowSeconds: number): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(text, EmbeddedJWK, {
      algorithms: [...DPOP_SIGNING_ALGORITHMS],
      currentDate: new Date(nowSeconds * 1000),
      clockTolerance: FUTURE_SECONDS,
    });
    return payload;
  } catch {
    throw invalid('it is not signed by the key in its header, or over');
  }
}

function checkRequest({ htm, htu, ath }: JWTPayload, { method, urls, accessToken }: DpopExpectation): void {
  if (htm !== method) throw invalid('htm is not the method of the request');
  const endpoint = typeof htu === 'string' ? endpointOf(htu) : null;
  const isHere = endpoint !== null && urls.some((url) => endpointOf(url) === endpoint);
  if (!isHere) throw invalid('htu is not the endpoint');
  if (accessToken !== undefined && ath !== sha256(accessToken)) throw invalid('ath is not the access token');
}

/** RFC 9449 §4.3 no. 11: a nonce of the server's says when the proof was made, and better than the client's clock. */
function checkTime({ iat, nonce }: JWTPayload, { isNonce, nowSeconds }: DpopExpectation): void {
  if (typeof iat !== 'number') throw invalid('iat is missing');
  if (!isNonce) {
    if (iat < nowSeconds - PAST_SECONDS || iat > nowSeconds + FUTURE_SECONDS) throw invalid('iat is not now');
  } else if (typeof nonce !== 'string' || !isNonce(nonce)) {
    throw new DpopProofError('use_dpop_nonce', 'the DPoP proof needs the nonce of the DPoP-Nonce header');
  }
}

const URI = /^https?:\/\/[!#-;=?-[\]_a-z~]+$/i;
const UNRESERVED = /^[A-Za-z0-9._~-]$/;

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

function invalid(description: string): DpopProofError {
  return new DpopProofError('invalid_dpop_proof', `DPoP proof: ${description}`);
}

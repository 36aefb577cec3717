/**
 * @spec RFC 7515 §4.1.11, §7.1, RFC 8725 §3.10 — the compact form only, bounded, spelled in one way.
 * Of the header three members count; `jku`, `jwk`, `x5u` and `x5c` are never looked at (S-091), `crit` is refused.
 */
export interface JwsHeader {
  readonly alg: string;
  readonly kid: string;
  readonly typ: string;
}

/** The three segments as they are spelled, and what is signed of them. */
export interface JwsSegments {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
  readonly signingInput: string;
}

export interface CompactJws {
  readonly header: JwsHeader;
  readonly payload: string;
  readonly signingInput: string;
  readonly signature: Buffer;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const FORM = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/** Null for anything else than the compact form. Its length is bounded by the caller. */
export function splitCompactJws(jws: string): JwsSegments | null {
  const [, header, payload, signature] = FORM.exec(jws) ?? [];
  if (!header || !payload || !signature) return null;
  return { header, payload, signature, signingInput: jws.slice(0, jws.length - signature.length - 1) };
}

/** Null for anything else than a well-formed compact JWS with `alg`, `kid` and `typ`. Its length is bounded by the caller. */
export function parseCompactJws(jws: string): CompactJws | null {
  const segments = splitCompactJws(jws);
  if (!segments) return null;
  const header = parseOwnHeader(segments.header);
  const signature = decodeSegment(segments.signature);
  return header && signature ? { ...segments, header, signature } : null;
}

/** The header of a JWS that asks for nothing beyond RFC 7515, or null. */
export function parseJwsHeader(segment: string): Record<string, unknown> | null {
  const header = parseObject(segment);
  return header && !isExtended(header) ? header : null;
}

/** Whether a header asks for what is not known here: an extension, or a payload in another form (RFC 7797). */
export function isExtended(header: Readonly<Record<string, unknown>>): boolean {
  return 'crit' in header || 'b64' in header;
}

/** The object that a segment holds, or null. */
export function parseObject(segment: string): Record<string, unknown> | null {
  const bytes = decodeSegment(segment);
  if (!bytes) return null;
  try {
    const value: unknown = JSON.parse(UTF8.decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Bits left over at the end must be zero: one value, one spelling. */
export function decodeSegment(segment: string): Buffer | null {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.toString('base64url') === segment ? bytes : null;
}

function parseOwnHeader(segment: string): JwsHeader | null {
  const { alg, kid, typ } = parseJwsHeader(segment) ?? {};
  return typeof alg === 'string' && typeof kid === 'string' && typeof typ === 'string' ? { alg, kid, typ } : null;
}

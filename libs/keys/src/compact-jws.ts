/**
 * @spec RFC 7515 §4.1.11, §7.1, RFC 8725 §3.10 — the compact form only, bounded, spelled in one way.
 * Of the header three members count; `jku`, `jwk`, `x5u` and `x5c` are never looked at (S-091), `crit` is refused.
 */
export interface JwsHeader {
  readonly alg: string;
  readonly kid: string;
  readonly typ: string;
}

export interface CompactJws {
  readonly header: JwsHeader;
  readonly payload: string;
  readonly signingInput: string;
  readonly signature: Buffer;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const FORM = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/** Null for anything else than a well-formed compact JWS with `alg`, `kid` and `typ`. Its length is bounded by the caller. */
export function parseCompactJws(jws: string): CompactJws | null {
  const [, header, payload, signature] = FORM.exec(jws) ?? [];
  if (!header || !payload || !signature) return null;
  const parsed = parseHeader(header);
  const bytes = decode(signature);
  if (!parsed || !bytes) return null;
  return { header: parsed, payload, signingInput: jws.slice(0, jws.length - signature.length - 1), signature: bytes };
}

/** The object that a segment holds, or null. */
export function parseObject(segment: string): Record<string, unknown> | null {
  const bytes = decode(segment);
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
function decode(segment: string): Buffer | null {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.toString('base64url') === segment ? bytes : null;
}

function parseHeader(segment: string): JwsHeader | null {
  const header = parseObject(segment);
  if (!header || 'crit' in header || 'b64' in header) return null;
  const { alg, kid, typ } = header;
  return typeof alg === 'string' && typeof kid === 'string' && typeof typ === 'string' ? { alg, kid, typ } : null;
}

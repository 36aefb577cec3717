/**
 * @spec RFC 6819 §5.1.4.1 — an audit trail is read by many people, so that no secret may reach it (S-182).
 * Members are judged by name and texts by form; what is refused leaves a mark, so that its absence shows.
 */
export const REDACTED = '[redacted]';
const CUT = '[cut]';
const MAX_DEPTH = 6;
const MAX_TEXT = 1024;
const MAX_MEMBERS = 100;

/** Names compared without case, `_` and `-`. The single letters are the private members of a JWK (RFC 7518 §6). */
const SECRET_NAMES = new Set(
  'assertion authorization authreqid bearer code codeverifier cookie csrf d devicecode dp dpop dq idtokenhint k nonce oth otp p passphrase passwd passwordhash pem pepper pin privatejwk q qi requesturi samlresponse seed setcookie totp usercode verifier'.split(
    ' ',
  ),
);
/** `tokens` and `codes` hold them in the plural; `token_type` or `code_challenge_method` end in neither. */
const SECRET_ENDING =
  /(?:password|secret|token|privatekey|apikey|credential|recoverycode|secrethash|tokenhash|codehash|assertion)s?$/;

/** A compact JWS or JWE, a PEM block, an HTTP credential, a PHC string, our own tagged tokens, a secret in a query or form. */
const SECRET_TEXT =
  /eyJ[\w-]{8,}\.[\w-]*\.[\w-]+|-----BEGIN |\b(?:Basic|Bearer|DPoP) [\w.~+/=-]{16,}|\$(?:argon2|2[aby]\$|pbkdf2|scrypt)|\bt[a-z]{2}_[\w-]{40,}|(?:^|[?&#])(?:code|password|assertion|\w+_(?:token|secret|code|verifier|assertion))=/;

/** The same detail without secrets and without bound breaking: at most six levels, 100 members a level, 1 024 characters a text. */
export function redact(detail: Record<string, unknown>): Record<string, unknown> {
  return redactMembers(detail, 0);
}

function redactMembers(value: object, depth: number): Record<string, unknown> {
  const members = Object.entries(value).filter(([, member]) => member !== undefined && typeof member !== 'function');
  const kept = members
    .slice(0, MAX_MEMBERS)
    .map(([name, member]) => [redactText(name), isSecretName(name) ? REDACTED : redactValue(member, depth + 1)]);
  return Object.fromEntries(kept) as Record<string, unknown>;
}

function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return SECRET_NAMES.has(plain) || SECRET_ENDING.test(plain);
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  return typeof value === 'object' && value !== null ? redactObject(value, depth) : value;
}

function redactObject(value: object, depth: number): unknown {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof URL) return redactText(value.href);
  if (ArrayBuffer.isView(value)) return REDACTED;
  if (depth >= MAX_DEPTH) return CUT;
  if (!Array.isArray(value) && !(value instanceof Set)) return redactMembers(value, depth);
  return Array.from<unknown>(value)
    .slice(0, MAX_MEMBERS)
    .map((each) => redactValue(each, depth + 1));
}

function redactText(text: string): string {
  if (SECRET_TEXT.test(text)) return REDACTED;
  // Neither engine takes NUL in a JSON text; lone surrogates are not UTF-8.
  const stored = text.replaceAll('\0', '').toWellFormed();
  return stored.length > MAX_TEXT ? `${stored.slice(0, MAX_TEXT).toWellFormed()}…` : stored;
}

/** @spec RFC 9101 §4, CIBA Core §7.1.1 — the claims that stand in the place of the parameters. */
import { Parameters } from '../endpoints/form-parameters';

/** RFC 7519 §4.1: about the JWT, not about the request. */
const ABOUT_JWT: ReadonlySet<string> = new Set(['iss', 'aud', 'exp', 'nbf', 'iat', 'jti']);

/** Texts as they are, numbers in their usual form, anything else as JSON. */
export function signedParameters(claims: Record<string, unknown>, repeatable: ReadonlySet<string>): Parameters {
  const entries = Object.entries(claims).filter(([name, value]) => !ABOUT_JWT.has(name) && value !== null);
  const asText = (name: string, value: unknown): unknown =>
    typeof value === 'string' || (repeatable.has(name) && Array.isArray(value)) ? value : JSON.stringify(value);
  return Parameters.parse(Object.fromEntries(entries.map(([name, value]) => [name, asText(name, value)])), repeatable);
}

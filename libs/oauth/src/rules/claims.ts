/** @spec OIDC Core §5.5, §5.5.1, §5.5.2 — which single claims are asked for, and who the user must be. */
import { type ClaimRequest, type ClaimsRequest, OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

const MAX_CLAIMS = 100;

/** Narrows `claims`, and `subject` when a certain `sub` is asked for. Members that are not known are left out. */
export function claims(request: AuthorizationRequest): void {
  const sent = request.parameters.get('claims');
  if (sent === undefined || !request.scopes.has('openid')) return;
  const members = parseObject(sent);
  const narrowed: ClaimsRequest = {};
  if (members.userinfo !== undefined) narrowed.userinfo = narrow(members.userinfo);
  if (members.id_token !== undefined) narrowed.id_token = narrow(members.id_token);
  request.claims = narrowed;
  const subject = narrowed.id_token?.sub?.value ?? narrowed.userinfo?.sub?.value;
  if (typeof subject === 'string') request.subject = subject;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isObject(parsed)) return parsed;
  } catch {
    // The refusal is the same for what is no JSON and for JSON that is no object.
  }
  throw malformed();
}

function narrow(section: unknown): Record<string, ClaimRequest | null> {
  if (!isObject(section)) throw malformed();
  const entries = Object.entries(section);
  if (entries.length > MAX_CLAIMS) throw malformed();
  return Object.fromEntries(entries.map(([name, asked]) => [name, narrowClaim(asked)]));
}

function narrowClaim(asked: unknown): ClaimRequest | null {
  if (asked === null) return null;
  if (!isObject(asked) || (asked.values !== undefined && !Array.isArray(asked.values))) throw malformed();
  const { essential, value, values } = asked;
  return { essential: essential === true, value, values: values as unknown[] | undefined };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(): OAuthError {
  return new OAuthError('invalid_request', 'claims is not the JSON of OpenID Connect Core 5.5');
}

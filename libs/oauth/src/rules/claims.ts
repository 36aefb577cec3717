/** @spec OIDC Core §5.5, §5.5.1 — which single claims are asked for, and who the user must be. */
import { type ClaimRequest, OAuthError } from '@tokenidp/kernel';
import type { AuthorizationRequest } from '../authorize/authorization-request';

const MAX_CLAIMS = 100;

/** Narrows `claims`, and `subject` when a certain `sub` is asked for. Members that are not known are left out. */
export function claims(request: AuthorizationRequest): void {
  const sent = request.parameters.get('claims');
  if (sent === undefined || !request.scopes.has('openid')) return;
  const { userinfo, id_token } = parseObject(sent);
  request.claims = { userinfo: narrow(userinfo), id_token: narrow(id_token) };
  request.subject = subjectOf(request.claims.id_token) ?? subjectOf(request.claims.userinfo);
}

type Section = Record<string, ClaimRequest | null>;

function subjectOf(section: Section | undefined): string | undefined {
  const value = section?.sub?.value;
  return typeof value === 'string' ? value : undefined;
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

function narrow(section: unknown): Section | undefined {
  if (section === undefined) return undefined;
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

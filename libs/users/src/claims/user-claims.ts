/**
 * @spec OIDC Core §5.1, OIDC Core §5.4, OIDC Core §5.5 — what a scope or the `claims` parameter asks for is given
 * when there is a value, with its registered name and type, and nothing else is.
 */
import { SCOPE_CLAIMS, type ClaimRequest, type ClaimsRequest } from '@tokenidp/kernel';
import type { User } from '../user';
import type { AddressClaim } from './standard-claims';

/**
 * Claims about a user, without `sub`.
 * @param scopes granted scopes; pass none for an ID token, where the code flow puts only what `claims` names
 * @param requested the `userinfo` or `id_token` member of the `claims` parameter; claims that are not about a user
 *   (`acr`, `auth_time` …) are the caller's
 */
export function userClaims(
  user: User,
  scopes: ReadonlySet<string>,
  requested: ClaimsRequest['userinfo'],
): Record<string, unknown> {
  const known = claimsOf(user);
  const claims: Record<string, unknown> = {};
  for (const [scope, names] of Object.entries(SCOPE_CLAIMS)) {
    if (scopes.has(scope)) for (const name of names) copy(known, name, claims);
  }
  for (const [name, request] of Object.entries(requested ?? {})) {
    if (fits(known.get(name), request)) copy(known, name, claims);
  }
  return claims;
}

function copy(from: ReadonlyMap<string, unknown>, name: string, to: Record<string, unknown>): void {
  const value = from.get(name);
  if (value !== undefined) to[name] = value;
}

/** §5.5.1: a claim asked for with a value is answered with that value or not at all. */
function fits(value: unknown, request: ClaimRequest | null): boolean {
  if (request?.value !== undefined && !equals(value, request.value)) return false;
  return request?.values === undefined || request.values.some((one) => equals(value, one));
}

function equals(value: unknown, wanted: unknown): boolean {
  return value === wanted || (typeof value === 'object' && JSON.stringify(value) === JSON.stringify(wanted));
}

function claimsOf(user: User): ReadonlyMap<string, unknown> {
  const { address, ...texts } = user.claims;
  return new Map<string, unknown>([
    ['preferred_username', user.username],
    ...Object.entries(texts).filter(([, value]) => value),
    ['address', addressClaim(address)],
    ['locale', user.locale || undefined],
    ['updated_at', Math.floor(user.updatedAt.getTime() / 1000)],
    ...verifiable('email', user.email, user.emailVerified),
    ...verifiable('phone_number', user.phoneNumber, user.phoneNumberVerified),
  ]);
}

function verifiable(name: string, value: string | undefined, isVerified: boolean): [string, unknown][] {
  if (!value) return [];
  return [
    [name, value],
    [`${name}_verified`, isVerified],
  ];
}

/** §5.1.1: an object of the members that have a value; no claim when none has. */
function addressClaim(address: AddressClaim | undefined): AddressClaim | undefined {
  const members = Object.entries(address ?? {}).filter(([, value]) => value);
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

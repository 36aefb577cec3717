/** @spec RFC 8707 §2, RFC 6749 §3.3 — a resource is an absolute URI without fragment, its scopes are tokens of their own. */
import { isOidcScope } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { assertAuthorizationDetailsTypes } from './authorization-details-types';
import { ClientsError } from './clients-error';
import { isBelowIssuer } from './issuer-placeholder';
import { isScopeName } from './metadata/scope';
import type { AuthorizationDetailsType, ResourceScope, TokenFormat } from './resource';

export interface NewResource {
  /** Absolute URI; the `aud` of the tokens. */
  identifier: string;
  name: string;
  tokenFormat?: TokenFormat;
  /** One of the tenant's; its preferred one when absent. */
  algorithm?: string;
  /** The tenant's setting when null or absent. */
  accessTokenSeconds?: number | null;
  includePermissions?: boolean;
  includeRoles?: boolean;
  authorizationDetailsTypes?: readonly AuthorizationDetailsType[];
  /** of users; null for any */
  requiredAcr?: string | null;
  /** since a user's sign-in; null for any */
  maxAgeSeconds?: number | null;
  scopes?: readonly (Pick<ResourceScope, 'name'> & Partial<ResourceScope>)[];
}

/** What a resource is held to. */
export const RESOURCE_LIMITS = {
  maxIdentifier: 255,
  maxName: 200,
  maxScopes: 200,
  maxDetailsTypes: 50,
  minSeconds: 60,
  maxSeconds: 3600,
  maxAgeSeconds: 30 * 24 * 3600,
} as const;

const MAX_IDENTIFIER = RESOURCE_LIMITS.maxIdentifier;
const MAX_NAME = RESOURCE_LIMITS.maxName;
const MAX_SCOPES = RESOURCE_LIMITS.maxScopes;
const MIN_SECONDS = RESOURCE_LIMITS.minSeconds;
const MAX_SECONDS = RESOURCE_LIMITS.maxSeconds;
const MAX_AGE_SECONDS = RESOURCE_LIMITS.maxAgeSeconds;

/** @throws ClientsError (`invalid-resource`, `invalid-scope`) */
export function assertResource(tenant: Tenant, input: NewResource): void {
  const problem = resourceProblem(tenant, input);
  if (problem) throw new ClientsError('invalid-resource', problem);
  assertScopes((input.scopes ?? []).map(({ name }) => name));
  assertAuthorizationDetailsTypes(input.authorizationDetailsTypes ?? []);
}

export function assertScopes(names: readonly string[]): void {
  if (names.length > MAX_SCOPES || new Set(names).size !== names.length) {
    throw new ClientsError('invalid-scope', `A resource has at most ${MAX_SCOPES} scopes, each once.`);
  }
  for (const name of names) {
    if (!isScopeName(name)) throw new ClientsError('invalid-scope', `${JSON.stringify(name)} is not fit for a scope.`);
    if (isOidcScope(name)) throw new ClientsError('invalid-scope', `${name} belongs to the provider itself.`);
  }
}

function resourceProblem(tenant: Tenant, input: NewResource): string | undefined {
  const { identifier, name } = input;
  if (!isIdentifier(identifier)) return 'An identifier is an absolute URI without fragment, of at most 255 characters.';
  // The issuer is the audience of userinfo, and what is below it is the server's own.
  if (identifier === tenant.issuer || isBelowIssuer(identifier, tenant.issuer)) return 'That identifier is our own.';
  if (name.trim() === '' || name.length > MAX_NAME) return `A name is 1 to ${MAX_NAME} characters.`;
  return tokenProblem(tenant, input) ?? authenticationProblem(input);
}

/** RFC 9470 §3: it is told in a challenge, where a space would make two of it. */
function authenticationProblem({ requiredAcr, maxAgeSeconds: age }: NewResource): string | undefined {
  if (typeof requiredAcr === 'string' && !/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/.test(requiredAcr)) {
    return 'An authentication context class is 1 to 255 printable characters without space.';
  }
  const isAge = age === undefined || age === null || (Number.isInteger(age) && age >= 0 && age <= MAX_AGE_SECONDS);
  return isAge ? undefined : 'A sign-in is at most 0 seconds to 30 days old.';
}

function tokenProblem(tenant: Tenant, input: NewResource): string | undefined {
  const { tokenFormat = 'jwt', algorithm, accessTokenSeconds: seconds } = input;
  const algorithms: readonly string[] = tenant.settings.keys.algorithms;
  if (!['jwt', 'opaque'].includes(tokenFormat)) return 'Tokens are jwt or opaque.';
  if (algorithm !== undefined && !algorithms.includes(algorithm))
    return `The algorithm is one of ${algorithms.join(', ')}.`;
  return seconds === undefined || seconds === null || isLifetime(seconds)
    ? undefined
    : 'A token lives 60 to 3600 seconds.';
}

function isLifetime(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= MIN_SECONDS && seconds <= MAX_SECONDS;
}

function isIdentifier(text: string): boolean {
  return (
    text.length <= MAX_IDENTIFIER &&
    /^[a-z][a-z0-9+.-]*:[\x21\x23-\x5b\x5d-\x7e]+$/i.test(text) &&
    !text.includes('#') &&
    URL.canParse(text)
  );
}

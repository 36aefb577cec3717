/**
 * @spec RFC 8693 §2.1, RFC 8707 §2.2, RFC 9396 §6.1, RFC 9700 §2.3 — the new token is for what the old one was for, or for what an
 * administrator lets the client exchange it for; it never holds a scope that the old one did not (S-063).
 */
import { allowedScopes } from '@tokenidp/clients';
import { type AuthorizationDetail, isOidcScope, OAuthError, parseScope } from '@tokenidp/kernel';
import { narrowDetails } from '../authorization-details/narrow-details';
import type { TokenRequest } from '../grants/grant';
import { type Audience, resolveAudience } from '../tokens/audience';
import type { ExchangeableToken } from './exchangeable-tokens.service';

export interface ExchangeTarget extends Audience {
  readonly authorizationDetails: readonly AuthorizationDetail[];
}

/** Throws `invalid_scope`, `invalid_target` and `invalid_authorization_details`. */
export function exchangeTarget(request: TokenRequest, subject: ExchangeableToken): ExchangeTarget {
  const { tenant, client, parameters } = request;
  const { issuer } = tenant;
  const named = [...parameters.all('resource'), ...parameters.all('audience')];
  const isAboutProvider = (named.length > 0 ? named : subject.resources).includes(issuer);
  const scopes = scopesOf(request, subject, isAboutProvider);
  const granted = named.length > 0 ? reachOf(request, subject) : withoutProvider(subject.resources, issuer, scopes);
  if (granted.length === 0) throw new OAuthError('invalid_target', 'the subject token is for no resource');
  const party = subject.standing ? 'userScopes' : 'clientScopes';
  const target = resolveAudience({ client, issuer, scopes, named, granted, party });
  assertUseful(target, scopes, { isAsked: parameters.has('scope'), subject });
  return { ...target, authorizationDetails: detailsOf(request, subject, target) };
}

/** RFC 9396 §6.1: those of the subject token, or less of them, as far as the client may use their types at the target. */
function detailsOf({ client, parameters }: TokenRequest, subject: ExchangeableToken, { resources }: Audience) {
  const held = subject.authorizationDetails.filter(({ type }) => client.authorization_details_types?.includes(type));
  return narrowDetails(held, parameters.get('authorization_details'), resources);
}

/** S-063: of the subject token, as far as the client may have it at the target; no refresh token follows. */
function scopesOf(
  { client, parameters }: TokenRequest,
  { scopes, standing }: ExchangeableToken,
  isAboutProvider: boolean,
): ReadonlySet<string> {
  const allowed = allowedScopes(client, standing !== null);
  const mayHold = (scope: string) =>
    allowed.has(scope) && (!isOidcScope(scope) || (isAboutProvider && scope !== 'offline_access'));
  const ceiling = new Set([...scopes].filter(mayHold));
  const asked = parameters.get('scope');
  if (asked === undefined) return ceiling;
  const wanted = parseScope(asked);
  for (const scope of wanted) {
    if (!ceiling.has(scope)) throw new OAuthError('invalid_scope', 'a scope was asked for that cannot be exchanged');
  }
  return wanted;
}

/** What may be named. */
function reachOf({ client }: TokenRequest, { resources }: ExchangeableToken): readonly string[] {
  return [...resources, ...(client.token_exchange?.audiences ?? [])];
}

/** Of what nobody named, the provider itself is left out where no scope is about it. */
function withoutProvider(resources: readonly string[], issuer: string, scopes: ReadonlySet<string>): readonly string[] {
  return resources.filter((resource) => resource !== issuer || scopes.has('openid'));
}

interface Wish {
  /** scopes were named */
  readonly isAsked: boolean;
  readonly subject: ExchangeableToken;
}

function assertUseful(target: Audience, scopes: ReadonlySet<string>, { isAsked, subject }: Wish): void {
  const left = parseScope(target.scope).size;
  if (isAsked && left < scopes.size) throw new OAuthError('invalid_scope', 'a scope is not of this resource');
  if (left === 0 && subject.scopes.size > 0) {
    throw new OAuthError('invalid_target', 'nothing that the subject token allows is of this resource');
  }
}

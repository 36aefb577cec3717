/** @spec OIDC Core §3.1.2.1, §3.1.2.3, §3.1.2.4, §3.1.2.6 — whether a request may be answered, or what the user has to do first. */
import { OAuthError } from '@tokenidp/kernel';
import { askedOf, type ConsentedScopes, isCovered } from '../consents/consented-scopes';
import { meetsAcr, reportedAcr } from './acr';
import type { AuthorizationRequest } from './authorization-request';
import type { AuthenticatedSession, InteractionView } from './interaction';

export interface DecisionFacts {
  now: Date;
  /** every acr the sign-in can reach, weakest first */
  acrValues: readonly string[];
  /** when the interaction began: a sign-in since then was made for this request */
  startedAt?: Date;
  /** what this user allowed this client before; null when nothing, or when nobody is signed in */
  consented: ConsentedScopes | null;
  /** what the client knows the session's user by; undefined when nobody is signed in */
  subject: string | undefined;
  /** the user has just allowed exactly what the request asks for */
  allowed?: boolean;
}

export type Decision =
  /** `acr` is what the answer says of the sign-in */
  | { kind: 'proceed'; session: AuthenticatedSession; acr: string }
  | { kind: 'login'; why?: InteractionView['reauthentication'] }
  | { kind: 'password' }
  | { kind: 'consent'; session: AuthenticatedSession }
  | { kind: 'refuse'; error: OAuthError };

type Step = Decision | null;

/** Pure: the same request, session and facts always give the same answer. */
export function decide(
  request: AuthorizationRequest,
  session: AuthenticatedSession | null,
  facts: DecisionFacts,
): Decision {
  const silent = request.prompts.has('none');
  const login = session ? loginNeeded(request, session, facts) : ({ kind: 'login' } as const);
  if (login?.kind === 'login' && silent) return refuse('login_required', 'the user has to sign in');
  if (login || !session) return login ?? { kind: 'login' };
  return decideFor(session, request, facts);
}

/** Whoever is signed in as the request wants it. */
function decideFor(session: AuthenticatedSession, request: AuthorizationRequest, facts: DecisionFacts): Decision {
  const silent = request.prompts.has('none');
  if (session.user.passwordExpiredAt) {
    return silent ? refuse('interaction_required', 'the user has to choose another password') : { kind: 'password' };
  }
  if (!consentNeeded(request, facts)) {
    return { kind: 'proceed', session, acr: reportedAcr(request, session.acr, facts.acrValues) };
  }
  return silent ? refuse('consent_required', 'the user has to give consent') : { kind: 'consent', session };
}

function loginNeeded(request: AuthorizationRequest, session: AuthenticatedSession, facts: DecisionFacts): Step {
  return otherUser(request, facts.subject, isFresh(session, facts)) ?? signInNeeded(request, session, facts);
}

type SignIn = Pick<AuthenticatedSession, 'authTime' | 'acr'>;
type SignInFacts = Pick<DecisionFacts, 'now' | 'acrValues' | 'startedAt'>;

/** RFC 9470 §5 — what the sign-in lacks of what the request, or a resource of it, demands; null when nothing. */
export function signInNeeded(request: AuthorizationRequest, signIn: SignIn, facts: SignInFacts): Step {
  const fresh = isFresh(signIn, facts);
  const unmet = acrUnmet(request, signIn, { fresh, reachable: facts.acrValues });
  return unmet ?? (fresh ? null : reauthentication(request, signIn, facts.now));
}

function isFresh({ authTime }: SignIn, { startedAt }: SignInFacts): boolean {
  return startedAt !== undefined && authTime >= startedAt;
}

/** S-126: never a silent switch; and who signs in as somebody else than was asked for gets no answer for that other user. */
function otherUser(request: AuthorizationRequest, subject: string | undefined, fresh: boolean): Step {
  if (request.subject === undefined || request.subject === subject) return null;
  return fresh
    ? refuse('login_required', 'another user signed in than the request asks for')
    : { kind: 'login', why: 'other_user' };
}

function acrUnmet(
  request: AuthorizationRequest,
  session: SignIn,
  { fresh, reachable }: { fresh: boolean; reachable: readonly string[] },
): Step {
  if (meetsAcr(request, session.acr, reachable)) return null;
  if (!fresh) return { kind: 'login', why: 'acr' };
  return request.acrEssential
    ? refuse('unmet_authentication_requirements', 'the sign-in did not reach a requested acr')
    : null;
}

function reauthentication({ prompts, maxAge }: AuthorizationRequest, { authTime }: SignIn, now: Date): Step {
  if (prompts.has('create')) return { kind: 'login', why: 'create' };
  if (prompts.has('login')) return { kind: 'login', why: 'prompt' };
  if (prompts.has('select_account')) return { kind: 'login', why: 'select_account' };
  const expired = maxAge !== undefined && now.getTime() - authTime.getTime() > maxAge * 1000;
  return expired ? { kind: 'login', why: 'max_age' } : null;
}

/**
 * @spec OAuth 2.1 §7.3.1, RFC 8252 §8.6 — asked when something is new, when the client wants it
 * asked, and each time of a public client that anybody on the device could pass for (S-129, S-150).
 */
function consentNeeded(request: AuthorizationRequest, { consented, allowed }: DecisionFacts): boolean {
  if (allowed) return false;
  // RFC 8628 §3.3.1: each device is looked at, whatever was allowed to others like it.
  if (request.deviceAuthorizationId !== undefined || request.prompts.has('consent')) return true;
  if (request.client.consent === 'implicit') return false;
  return isUnproven(request) || !consented || !isCovered(askedOf(request), consented);
}

/** Only https redirects show that an answer reaches the client it is meant for; a scheme or a port can be taken by others. */
function isUnproven({ client, redirectUri }: AuthorizationRequest): boolean {
  return !client.isConfidential && !redirectUri.startsWith('https://');
}

function refuse(error: ConstructorParameters<typeof OAuthError>[0], description: string): Decision {
  return { kind: 'refuse', error: new OAuthError(error, description) };
}

import type { Prompt } from '@tokenidp/kernel';
import { assignmentOf, clientLike, DOUBLE, NOW, requestLike, sessionLike, SINGLE, user } from '../../test/samples';
import type { AuthorizationRequest } from './authorization-request';
import { type DecisionFacts, decide, signInNeeded } from './decide';
import type { AuthenticatedSession } from './interaction';

const A = 'https://a.example';
const OPENID = { scopes: new Set(['openid']), apiScopes: {} };
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const session = sessionLike();
/** Signed in while the interaction was open. */
const fresh = { startedAt: before(90) };
/** The interaction began after the sign-in. */
const stale = { startedAt: before(30) };

/** What the decision comes to: the error, or the page with its reason, or 'proceed'. */
function outcome(
  narrowed: Partial<AuthorizationRequest>,
  signedIn: AuthenticatedSession | null,
  facts: Partial<DecisionFacts> = {},
): string {
  const request = requestLike('', { ...OPENID, ...narrowed });
  const given = { now: NOW, acrValues: [SINGLE, DOUBLE], consented: OPENID, subject: signedIn?.userId };
  const decision = decide(request, signedIn, { ...given, ...facts });
  if (decision.kind === 'refuse') return decision.error.error;
  return decision.kind === 'login' && decision.why ? `login: ${decision.why}` : decision.kind;
}

type SignInCase = [string, Partial<AuthorizationRequest>, AuthenticatedSession | null, Partial<DecisionFacts>, string];

const prompts = (...values: Prompt[]) => ({ prompts: new Set(values) });

describe('whether the user has to sign in', () => {
  it.each([
    ['no session', {}, null, {}, 'login'],
    ['a session', {}, session, {}, 'proceed'],
    ['prompt=none without a session', prompts('none'), null, {}, 'login_required'],
    ['prompt=none with a session', prompts('none'), session, {}, 'proceed'],
    ['prompt=login', prompts('login'), session, {}, 'login: prompt'],
    ['prompt=login, not signed in again yet', prompts('login'), session, stale, 'login: prompt'],
    ['prompt=login, signed in since', prompts('login'), session, fresh, 'proceed'],
    ['prompt=select_account', prompts('select_account'), session, {}, 'login: select_account'],
    ['prompt=select_account, signed in since', prompts('select_account'), session, fresh, 'proceed'],
    ['max_age not reached', { maxAge: 61 }, session, {}, 'proceed'],
    ['max_age just reached', { maxAge: 60 }, session, {}, 'proceed'],
    ['max_age exceeded', { maxAge: 59 }, session, {}, 'login: max_age'],
    ['max_age=0', { maxAge: 0 }, session, {}, 'login: max_age'],
    ['max_age exceeded while consenting, signed in since', { maxAge: 1 }, session, fresh, 'proceed'],
    ['max_age exceeded, not signed in again yet', { maxAge: 1 }, session, stale, 'login: max_age'],
    ['max_age exceeded and prompt=none', { maxAge: 1, ...prompts('none') }, session, {}, 'login_required'],
    ['the user of the hint', { subject: user.id }, session, {}, 'proceed'],
    ['a hint and no session', { subject: user.id }, null, {}, 'login'],
    ['another user than the hint', { subject: 'other' }, session, {}, 'login: other_user'],
    [
      'another user than the hint and prompt=none',
      { subject: 'other', ...prompts('none') },
      session,
      {},
      'login_required',
    ],
    ['another user than the hint, signed in since', { subject: 'other' }, session, fresh, 'login_required'],
    ['prompt=create', prompts('create'), session, {}, 'login: create'],
    ['prompt=create, signed in since', prompts('create'), session, fresh, 'proceed'],
    ['a stronger acr', { acrValues: [DOUBLE] }, session, {}, 'login: acr'],
    ['a stronger acr, signed in since', { acrValues: [DOUBLE] }, session, fresh, 'proceed'],
    ['a stronger acr and prompt=none', { acrValues: [DOUBLE], ...prompts('none') }, session, {}, 'login_required'],
    ['an acr that does not exist', { acrValues: ['1', '2'] }, session, {}, 'proceed'],
    ['an essential acr', { acrValues: [DOUBLE], acrEssential: true }, session, {}, 'login: acr'],
    [
      'an essential acr, signed in since',
      { acrValues: [DOUBLE], acrEssential: true },
      session,
      fresh,
      'unmet_authentication_requirements',
    ],
    ['an essential acr that is met', { acrValues: [SINGLE], acrEssential: true }, session, {}, 'proceed'],
  ] as SignInCase[])('S-126 OIDC Core §3.1.2.1 %s', (_, narrowed, signedIn, ...[facts, expected]) => {
    expect(outcome(narrowed, signedIn, facts)).toBe(expected);
  });

  it('OIDC Core §2 reports the requested acr that the sign-in includes', () => {
    const request = requestLike('', { ...OPENID, acrValues: [SINGLE] });
    const facts = { now: NOW, acrValues: [SINGLE, DOUBLE], consented: OPENID, subject: user.id };
    expect(decide(request, sessionLike({ acr: DOUBLE }), facts)).toMatchObject({ kind: 'proceed', acr: SINGLE });
  });
});

describe('whether the user has to choose another password', () => {
  const expired = { ...session, user: { ...session.user, passwordExpiredAt: before(1) } };
  it.each([
    ['a password that has expired', {}, {}, 'password'],
    ['prompt=none with a password that has expired', prompts('none'), {}, 'interaction_required'],
    ['a password that has expired, nobody asked for consent', {}, { consented: null }, 'password'],
    ['prompt=login comes first', prompts('login'), stale, 'login: prompt'],
    ['prompt=login, signed in since', prompts('login'), fresh, 'password'],
  ] as const)('OIDC Core §3.1.2.6 %s', (_, request, facts, expected) => {
    expect(outcome(request, expired, facts)).toBe(expected);
  });
});

describe('whether the user has to consent', () => {
  const first = { consented: null };
  const implicit = clientLike({ consent: 'implicit' });
  const spa = clientLike({ isConfidential: false, type: 'spa' });
  const native = clientLike({ isConfidential: false, type: 'native' });
  const more = { scopes: new Set(['openid', 'offline_access']) };
  const api = { apiScopes: { [A]: ['read'] }, client: clientLike({ assignments: [assignmentOf(A, ['read'])] }) };

  it.each([
    ['a client for the first time', {}, first, 'consent'],
    ['a client for the first time, silently', prompts('none'), first, 'consent_required'],
    ['what was allowed before', {}, {}, 'proceed'],
    ['what was allowed before, silently', prompts('none'), {}, 'proceed'],
    ['a new scope', more, {}, 'consent'],
    ['a new scope, silently', { ...more, ...prompts('none') }, {}, 'consent_required'],
    ['a new API', api, {}, 'consent'],
    ['an API allowed before', api, { consented: { ...OPENID, apiScopes: { [A]: ['read', 'write'] } } }, 'proceed'],
    ['prompt=consent', prompts('consent'), {}, 'consent'],
    ['prompt=consent, just allowed', prompts('consent'), { allowed: true }, 'proceed'],
    ['a new scope, just allowed', more, { allowed: true }, 'proceed'],
    ['a first-party client', { client: implicit }, first, 'proceed'],
    ['offline access of a first-party client', { client: implicit, ...more }, first, 'proceed'],
    ['prompt=consent of a first-party client', { client: implicit, ...prompts('consent') }, first, 'consent'],
    ['a public client with an https redirect', { client: spa }, {}, 'proceed'],
  ] as const)('S-129 S-150 OIDC Core §3.1.2.4 %s', (_, narrowed, facts, expected) => {
    expect(outcome(narrowed as Partial<AuthorizationRequest>, session, facts as Partial<DecisionFacts>)).toBe(expected);
  });

  it.each([
    ['a public client with a scheme of its own', { client: native, redirectUri: 'com.example.app:/cb' }, {}, 'consent'],
    [
      'the same silently',
      { client: native, redirectUri: 'com.example.app:/cb', ...prompts('none') },
      {},
      'consent_required',
    ],
    [
      'a public client on the loopback interface',
      { client: native, redirectUri: 'http://127.0.0.1:5/cb' },
      {},
      'consent',
    ],
    ['the same, just allowed', { client: native, redirectUri: 'http://127.0.0.1:5/cb' }, { allowed: true }, 'proceed'],
  ] as const)('S-150 OAuth 2.1 §7.3.1, RFC 8252 §8.6 %s', (_, narrowed, facts, expected) => {
    expect(outcome(narrowed as Partial<AuthorizationRequest>, session, facts as Partial<DecisionFacts>)).toBe(expected);
  });

  it.each([
    ['allowed before', {}, {}, 'consent'],
    ['a first-party client', { client: implicit }, first, 'consent'],
    ['just allowed', {}, { allowed: true }, 'proceed'],
  ] as const)('S-157 RFC 8628 §3.3.1 each device is asked about: %s', (_, narrowed, facts, expected) => {
    const device = { ...narrowed, redirectUri: undefined as never, deviceAuthorizationId: 'device' };
    expect(outcome(device, session, facts as Partial<DecisionFacts>)).toBe(expected);
  });

  it('OIDC Core §3.1.2.3 signs in first, then asks', () => {
    expect(outcome(prompts('login', 'consent'), session, { consented: null })).toBe('login: prompt');
    expect(outcome(prompts('login', 'consent'), session, { consented: null, ...fresh })).toBe('consent');
  });
});

describe('RFC 9470 §5 whether a sign-in does for a request that is answered elsewhere', () => {
  it.each<[string, Partial<AuthorizationRequest>, string, Date | undefined, string | undefined]>([
    ['nothing is demanded', {}, SINGLE, undefined, undefined],
    ['it is young enough', { maxAge: 60 }, SINGLE, undefined, undefined],
    ['it is too old', { maxAge: 59 }, SINGLE, undefined, 'max_age'],
    ['it is as old, and was made for this', { maxAge: 59 }, SINGLE, before(90), undefined],
    ['it is too weak', { acrValues: [DOUBLE], acrEssential: true }, SINGLE, undefined, 'acr'],
    ['it is strong enough', { acrValues: [DOUBLE], acrEssential: true }, DOUBLE, undefined, undefined],
    [
      'it was made for this, and is too weak',
      { acrValues: [DOUBLE], acrEssential: true },
      SINGLE,
      before(90),
      'refuse',
    ],
  ])('%s', (_title, ...[narrowed, acr, startedAt, expected]) => {
    const facts = { now: NOW, acrValues: [SINGLE, DOUBLE], ...(startedAt && { startedAt }) };
    const step = signInNeeded(requestLike('', { ...OPENID, ...narrowed }), { acr, authTime: before(60) }, facts);
    expect(step?.kind === 'login' ? step.why : step?.kind).toBe(expected);
  });
});

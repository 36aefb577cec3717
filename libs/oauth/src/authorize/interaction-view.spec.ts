import { assignmentOf, clientLike, NOW, requestLike, sessionLike, tenant, user } from '../../test/samples';
import type { Decision } from './decide';
import { interactionView, shownOf } from './interaction-view';

const A = 'https://a.example';
const client = clientLike({ assignments: [assignmentOf(A, ['read', 'write', 'users.admin'])] });
const row = {
  id: 'i1',
  clientId: client.id,
  browserHash: 'h',
  parameters: {},
  pushedRequestId: null,
  createdAt: NOW,
  expiresAt: new Date(NOW.getTime() + 1000),
  redeemedAt: null,
};
const asking = requestLike('', {
  client,
  scopes: new Set(['openid', 'email', 'read', 'users.admin']),
  apiScopes: { [A]: ['read', 'users.admin'] },
  loginHint: 'ada',
  uiLocales: ['de'],
});
const consent: Decision = { kind: 'consent', session: sessionLike() };

const viewOf = (decision: Decision, changes: Partial<Parameters<typeof interactionView>[0]> = {}) =>
  interactionView({ tenant, row, request: asking, decision, consented: null, ...changes });

describe('the view of an interaction', () => {
  it.each([
    [{ kind: 'login' }, { prompt: 'login', reauthentication: undefined }],
    [
      { kind: 'login', why: 'max_age' },
      { prompt: 'login', reauthentication: 'max_age' },
    ],
    [consent, { prompt: 'consent' }],
    [
      { kind: 'proceed', session: sessionLike(), acr: 'x' },
      { prompt: 'none', consent: undefined },
    ],
  ] as [Decision, object][])('OIDC Core §3.1.2.3 of %j', (decision, expected) => {
    expect(viewOf(decision)).toMatchObject({ id: 'i1', client, loginHint: 'ada', uiLocales: ['de'], ...expected });
  });

  it.each([
    ['off', {}, { kind: 'login' }, undefined],
    ['open', {}, { kind: 'login' }, 'offered'],
    ['open', {}, { kind: 'login', why: 'select_account' }, 'offered'],
    ['open', {}, { kind: 'login', why: 'max_age' }, undefined],
    ['open', { prompts: new Set(['create']) }, { kind: 'login' }, 'asked'],
    ['open', { prompts: new Set(['create']) }, { kind: 'login', why: 'create' }, 'asked'],
    ['open', { subject: user.id }, { kind: 'login', why: 'other_user' }, undefined],
    ['open', {}, consent, undefined],
  ] as ['off' | 'open', object, Decision, string | undefined][])(
    'Initiating User Registration §4 registration is %s, %j and %j: %s',
    (userRegistration, narrowed, decision, expected) => {
      const settings = { ...tenant.settings, userRegistration };
      const request = requestLike('', { client, ...narrowed });
      expect(viewOf(decision, { tenant: { ...tenant, settings }, request }).registration).toBe(expected);
    },
  );

  it('S-151 OAuth 2.1 §7.9 shows scopes by API, in words, and which of them are new', () => {
    const consented = { scopes: new Set(['openid']), apiScopes: { [A]: ['read'] } };
    const { groups } = viewOf(consent, { consented }).consent!;
    const own = { displayName: '', description: '', sensitive: false };
    expect(groups).toEqual([
      {
        scopes: [
          { name: 'openid', ...own, isNew: false },
          { name: 'email', ...own, isNew: true },
        ],
      },
      {
        resource: { identifier: A, name: 'API at https://a.example' },
        scopes: [
          { name: 'read', displayName: 'Name of read', description: 'About read', sensitive: false, isNew: false },
          {
            name: 'users.admin',
            displayName: 'Name of users.admin',
            description: 'About users.admin',
            sensitive: true,
            isNew: true,
          },
        ],
      },
    ]);
  });

  it('S-151 tells how long it lasts', () => {
    expect(viewOf(consent).consent!.lifetime).toEqual({ accessTokenSeconds: 300 });
    const offline = requestLike('', { client, scopes: new Set(['openid', 'offline_access']) });
    expect(viewOf(consent, { request: offline }).consent!.lifetime.offline).toEqual({
      idleSeconds: 14 * 86400,
      absoluteSeconds: 90 * 86400,
    });
    const own = {
      ...offline,
      client: clientLike({ isConfidential: false, refresh: { rotate: true, always: false, idleSeconds: 60 } }),
    };
    expect(viewOf(consent, { request: own as never }).consent!.lifetime.offline).toEqual({
      idleSeconds: 60,
      absoluteSeconds: 14 * 86400,
    });
  });
});

describe('S-152 what was shown', () => {
  const shown = shownOf(asking, user.id);

  it('is the same for the same question, in whatever order', () => {
    const reordered = {
      ...asking,
      scopes: new Set(['read', 'users.admin', 'email', 'openid']),
      apiScopes: { [A]: ['users.admin', 'read'] },
    };
    expect(shownOf(reordered as never, user.id)).toBe(shown);
  });

  it.each([
    ['another user', asking, 'other'],
    ['another client', { ...asking, client: clientLike({ id: 'other' }) }, user.id],
    ['one scope more', { ...asking, scopes: new Set([...asking.scopes, 'phone']) }, user.id],
    ['one scope of an API more', { ...asking, apiScopes: { [A]: ['read', 'users.admin', 'write'] } }, user.id],
    ['another API', { ...asking, apiScopes: { 'https://b.example': ['read', 'users.admin'] } }, user.id],
  ])('differs for %s', (_, request, userId) => {
    expect(shownOf(request as never, userId)).not.toBe(shown);
  });
});

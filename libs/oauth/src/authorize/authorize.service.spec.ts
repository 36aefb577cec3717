import {
  CALLBACK,
  CHALLENGE,
  clientLike,
  contextLike,
  FixedClock,
  httpRequestLike,
  NOW,
  requestsLike,
  responsesLike,
  sessionLike,
  subjects,
  tenant,
} from '../../test/samples';
import type { ConsentedScopes } from '../consents/consented-scopes';
import { AuthorizationAnswers } from './authorization-answers.service';
import { AuthorizationDecisions } from './authorization-decisions.service';
import { AuthorizationFlow } from './authorization-flow';
import { AuthorizeService } from './authorize.service';
import type { AuthenticatedSession } from './interaction';
import { InteractionStarts } from './interaction-starts.service';

const QUERY = `client_id=app&redirect_uri=${encodeURIComponent(CALLBACK)}&response_type=code&scope=openid&state=s1&code_challenge=${CHALLENGE}&code_challenge_method=S256`;
const allowed = { scopes: new Set(['openid']), apiScopes: {} };

function world(
  session: AuthenticatedSession | null,
  consented: ConsentedScopes | null = allowed,
  client = clientLike(),
) {
  const clock = new FixedClock();
  const { acrValues } = contextLike();
  const browserState = () => undefined;
  const showBrowserState = jest.fn();
  const sessions = { acrValues, find: jest.fn(async () => session), browserState, showBrowserState };
  const consents = { find: jest.fn(async () => consented), remember: jest.fn() };
  const issue = jest.fn(async () => 'tac_code');
  const insert = jest.fn(async (_row: object) => {});
  const interactions = { insert, redeem: jest.fn(), spend: jest.fn() };
  const flow = new AuthorizationFlow(
    requestsLike({ find: async () => client }),
    new AuthorizationDecisions(sessions as never, consents as never, subjects, clock),
    new AuthorizationAnswers(
      { issue } as never,
      consents as never,
      interactions as never,
      { record: jest.fn() } as never,
      responsesLike(),
      {} as never,
      sessions as never,
    ),
    {} as never,
  );
  const documents = { refresh: jest.fn(async () => {}) };
  const starts = new InteractionStarts(interactions as never, clock);
  const service = new AuthorizeService(flow, sessions as never, starts, documents as never);
  const cookies: string[] = [];
  const reply = { header: (_name: string, value: string) => cookies.push(value) } as never;
  const start = (query = QUERY, http = httpRequestLike()) => service.start({ tenant, http, reply }, query);
  return { start, sessions, consents, issue, interactions, cookies };
}

const crossSitePost = httpRequestLike({ 'sec-fetch-site': 'cross-site' }, { method: 'POST' });

describe('an authorization request', () => {
  it('OAuth 2.1 §4.1.2 is answered at once with a live session and consent: one read each, one write', async () => {
    const { start, sessions, consents, issue, interactions, cookies } = world(sessionLike());
    expect(await start()).toMatchObject({
      kind: 'respond',
      response: { location: expect.stringContaining('code=tac_code&state=s1&iss=') },
    });
    expect(sessions.find).toHaveBeenCalledTimes(1);
    expect(consents.find).toHaveBeenCalledTimes(1);
    expect(issue).toHaveBeenCalledTimes(1);
    expect(interactions.insert).not.toHaveBeenCalled();
    expect(cookies).toEqual([]);
  });

  it('reads no consent of a first-party client', async () => {
    const { start, consents } = world(sessionLike(), null, clientLike({ consent: 'implicit' }));
    expect((await start()).kind).toBe('respond');
    expect(consents.find).not.toHaveBeenCalled();
  });

  it.each([
    ['nobody is signed in', null, allowed],
    ['consent is missing', sessionLike(), null],
  ])('S-044 goes to the pages, bound to the browser, when %s', async (_, session, consented) => {
    const { start, interactions, cookies, issue } = world(session, consented);
    const outcome = await start();
    const row = interactions.insert.mock.calls[0]![0] as { id: string };
    expect(outcome).toEqual({ kind: 'interaction', url: `${tenant.issuer}/interaction/${row.id}` });
    expect(row).toMatchObject({
      tenantId: tenant.id,
      parameters: { client_id: 'app', state: 's1', scope: 'openid' },
      createdAt: NOW,
      expiresAt: new Date(NOW.getTime() + 1_800_000),
    });
    expect(cookies).toHaveLength(1);
    expect(issue).not.toHaveBeenCalled();
  });

  it.each([
    ['login_required', null, allowed],
    ['consent_required', sessionLike(), null],
  ])(
    'S-129 OIDC Core §3.1.2.6 prompt=none is answered with %s and without a page',
    async (error, session, consented) => {
      const { start, interactions } = world(session, consented);
      const outcome = await start(`${QUERY}&prompt=none`);
      expect(outcome).toMatchObject({
        kind: 'respond',
        response: { location: expect.stringContaining(`error=${error}&`) },
      });
      expect(interactions.insert).not.toHaveBeenCalled();
      expect(interactions.redeem).not.toHaveBeenCalled();
    },
  );

  it('looks at no session for a request whose rules fail', async () => {
    const { start, sessions } = world(sessionLike());
    expect((await start('client_id=app&redirect_uri=https://evil.example')).kind).toBe('error-page');
    expect(sessions.find).not.toHaveBeenCalled();
  });

  it('OIDC Core §3.1.2.1 posted from another site, waits for a request that brings the cookies', async () => {
    const { start } = world(null);
    expect((await start(`${QUERY}&prompt=none`, crossSitePost)).kind).toBe('interaction');
    const sameSite = httpRequestLike({ 'sec-fetch-site': 'same-origin' }, { method: 'POST' });
    expect((await start(`${QUERY}&prompt=none`, sameSite)).kind).toBe('respond');
  });
});

import { randomToken, sha256 } from '@tokenidp/kernel';
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
import type { AuthenticatedSession, AuthorizationOutcome, InteractionView } from './interaction';
import { InteractionsService } from './interactions.service';

const ID = '01900000-0000-7000-8000-000000000011';
const COOKIE = randomToken('tix');
const PARAMETERS = {
  client_id: 'app',
  redirect_uri: CALLBACK,
  response_type: 'code',
  scope: 'openid email',
  state: 's1',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
};

/** The real services over one interaction in memory. */
function world(
  parameters: object = {},
  {
    consented = null,
    client = clientLike(),
    pushedRequestId = null,
  }: {
    consented?: ConsentedScopes | null;
    client?: ReturnType<typeof clientLike>;
    pushedRequestId?: string | null;
  } = {},
) {
  const clock = new FixedClock();
  const row = {
    id: ID,
    clientId: client.id,
    browserHash: sha256(COOKIE),
    parameters: { ...PARAMETERS, ...parameters },
    pushedRequestId,
    createdAt: NOW,
    expiresAt: new Date(NOW.getTime() + 1_800_000),
    redeemedAt: null as Date | null,
  };
  const redeem = async () => row.redeemedAt === null && (row.redeemedAt = clock.now()) !== null;
  const interactions = {
    find: async (_tenantId: string, id: string) => (id === ID ? row : null),
    redeem,
    spend: async (_tenantId: string, _id: string, work: (tx: object) => Promise<unknown>) =>
      (await redeem()) ? work({}) : null,
  };
  const pushedRequests = { redeem: jest.fn(async (..._args: unknown[]) => true) };
  const issue = jest.fn(async (..._args: unknown[]) => 'tac_code');
  const remember = jest.fn(async (..._args: unknown[]) => {});
  const record = jest.fn(async (..._args: unknown[]) => {});
  const { acrValues } = contextLike();
  const sessions = { acrValues, browserState: () => undefined };
  const consents = { find: async () => consented, remember };
  const flow = new AuthorizationFlow(
    requestsLike({ find: async () => client }),
    new AuthorizationDecisions(sessions as never, consents as never, subjects, clock),
    new AuthorizationAnswers(
      { issue } as never,
      consents as never,
      interactions as never,
      { record } as never,
      responsesLike(),
      pushedRequests as never,
      sessions as never,
    ),
    { narrow: async () => null } as never,
  );
  const service = new InteractionsService(flow, interactions as never, clock);
  const call = (session: AuthenticatedSession | null, cookie = COOKIE, id = ID) => ({
    id,
    session,
    request: httpRequestLike({ cookie: `__Host-ix.acme=${cookie}` }),
  });
  return { clock, row, pushedRequests, issue, remember, record, service, call };
}

const fresh = sessionLike({ authTime: new Date(NOW.getTime() + 5000) });
const old = sessionLike();
const everything = { scopes: new Set(['openid', 'email']), apiScopes: {} };

type PageCase = [string, object, AuthenticatedSession | null, ConsentedScopes | null, string];

function locationOf(outcome: AuthorizationOutcome): Record<string, string> {
  if (outcome.kind !== 'respond' || outcome.response.mode !== 'redirect') throw new Error(outcome.kind);
  return Object.fromEntries(new URL(outcome.response.location).searchParams);
}

describe('an interaction on the pages', () => {
  it.each([
    ['nobody signed in', {}, null, null, 'login'],
    ['a new client', {}, old, null, 'consent'],
    ['all allowed before', {}, old, everything, 'none'],
    ['prompt=login', { prompt: 'login' }, old, everything, 'login'],
    ['prompt=login, signed in since', { prompt: 'login' }, fresh, everything, 'none'],
    ['prompt=none without a session', { prompt: 'none' }, null, null, 'none'],
  ] as PageCase[])('OIDC Core §3.1.2.3 shows for %s', async (_, parameters, session, ...[consented, prompt]) => {
    const { service, call } = world(parameters, { consented });
    expect(await service.find(tenant, call(session))).toMatchObject({ prompt });
  });

  it('OIDC Core §3.1.2.4 sign-in, consent, code', async () => {
    const { service, call, issue, remember } = world();
    const afterLogin = await service.resume(tenant, call(fresh));
    expect(afterLogin).toEqual({ kind: 'interaction', url: `${tenant.issuer}/interaction/${ID}` });
    const view = (await service.find(tenant, call(fresh))) as InteractionView;
    const outcome = await service.resume(tenant, call(fresh), { consent: 'allow', shown: view.consent!.shown });
    expect(locationOf(outcome)).toEqual({ code: 'tac_code', state: 's1', iss: tenant.issuer });
    expect(remember).toHaveBeenCalledTimes(1);
    expect(issue.mock.calls[0]![1]).toMatchObject({ redirectUri: CALLBACK, codeChallenge: CHALLENGE, session: fresh });
  });

  it('goes on silently in an old tab once the user is signed in', async () => {
    const { service, call, remember } = world({}, { consented: everything });
    expect(locationOf(await service.resume(tenant, call(old)))).toMatchObject({ code: 'tac_code' });
    expect(remember).not.toHaveBeenCalled();
  });

  it('S-152 OAuth 2.1 §1.4.1 grants nothing that was not shown', async () => {
    const { service, call, issue } = world();
    const outcome = await service.resume(tenant, call(fresh), { consent: 'allow', shown: 'something else' });
    expect(outcome.kind).toBe('interaction');
    expect(issue).not.toHaveBeenCalled();
  });

  it('S-152 what was shown to one user is not what another one allowed', async () => {
    const { service, call, issue } = world();
    const view = (await service.find(tenant, call(fresh))) as InteractionView;
    const other = { ...fresh, userId: 'other' };
    const outcome = await service.resume(tenant, call(other), { consent: 'allow', shown: view.consent!.shown });
    expect(outcome.kind).toBe('interaction');
    expect(issue).not.toHaveBeenCalled();
  });

  it.each(['deny', 'cancel'] as const)('RFC 6749 §4.1.2.1 answers access_denied after %s, once', async (how) => {
    const { service, call, record } = world();
    const refuse = () =>
      how === 'deny' ? service.resume(tenant, call(fresh), { consent: 'deny' }) : service.cancel(tenant, call(null));
    expect(locationOf(await refuse())).toMatchObject({ error: 'access_denied', state: 's1', iss: tenant.issuer });
    expect(record.mock.calls[0]![1]).toMatchObject({ event: 'authorization.granted', result: 'failure' });
    expect((await refuse()).kind).toBe('error-page');
  });

  it('gives one code, however often it is resumed', async () => {
    const { service, call, issue } = world({}, { consented: everything });
    const outcomes = await Promise.all([service.resume(tenant, call(old)), service.resume(tenant, call(old))]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['error-page', 'respond']);
    expect(issue).toHaveBeenCalledTimes(1);
  });

  it.each([true, false])(
    'RFC 9126 §4 S-111 uses up the pushed request with its answer, and answers only if that is done (%s)',
    async (isFirst) => {
      const options = { consented: everything, pushedRequestId: 'p1', client: clientLike() };
      const { service, call, issue, pushedRequests } = world({}, options);
      pushedRequests.redeem.mockResolvedValue(isFirst);
      const outcome = await service.resume(tenant, call(old));
      expect(outcome).toMatchObject(
        isFirst ? { kind: 'respond' } : { kind: 'error-page', error: { error: 'invalid_request_uri' } },
      );
      expect(pushedRequests.redeem.mock.calls).toEqual([[tenant.id, 'p1', {}]]);
      expect(issue).toHaveBeenCalledTimes(isFirst ? 1 : 0);
    },
  );

  it('RFC 9126 §4 S-111 uses up the pushed request with a refusal, too', async () => {
    const { service, call, pushedRequests } = world({}, { pushedRequestId: 'p1' });
    const denied = await service.resume(tenant, call(fresh), { consent: 'deny' });
    expect(locationOf(denied)).toMatchObject({ error: 'access_denied' });
    expect(pushedRequests.redeem.mock.calls).toEqual([[tenant.id, 'p1']]);
  });

  it('RFC 9126 §5, RFC 9101 §10.5 asks of a request that is kept only once how it came', async () => {
    const client = clientLike({ require_pushed_authorization_requests: true, require_signed_request_object: true });
    const { service, call } = world({}, { consented: everything, client });
    expect(locationOf(await service.resume(tenant, call(old)))).toMatchObject({ code: 'tac_code' });
  });

  it('S-126 refuses a sign-in of another user than was asked for', async () => {
    const { service, call } = world({ claims: '{"id_token":{"sub":{"value":"other"}}}' });
    expect(locationOf(await service.resume(tenant, call(fresh)))).toMatchObject({ error: 'login_required' });
  });

  it('S-026 sends an error of a client that registered itself only with the user taking part', async () => {
    const client = clientLike({ origin: 'registered' });
    const silent = world({ prompt: 'none' }, { client });
    expect((await silent.service.resume(tenant, silent.call(null))).kind).toBe('error-page');
    const denied = world({}, { client });
    expect((await denied.service.resume(tenant, denied.call(fresh), { consent: 'deny' })).kind).toBe('respond');
  });
});

describe('S-044 OIDC Core §16.11 an interaction is gone', () => {
  it.each([
    ['in another browser', 'browser', (w: ReturnType<typeof world>) => w.call(old, randomToken('tix'))],
    ['without its cookie', 'browser', (w: ReturnType<typeof world>) => w.call(old, '')],
    ['when unknown', 'expired', (w: ReturnType<typeof world>) => w.call(old, COOKIE, ID.replace('11', '12'))],
    ['when its id is none', 'expired', (w: ReturnType<typeof world>) => w.call(old, COOKIE, "' OR 1=1")],
  ])('%s', async (_, gone, callOf) => {
    const made = world({}, { consented: everything });
    expect(await made.service.find(tenant, callOf(made))).toMatchObject({ gone });
    expect((await made.service.resume(tenant, callOf(made))).kind).toBe('error-page');
    expect((await made.service.cancel(tenant, callOf(made))).kind).toBe('error-page');
    expect(made.issue).not.toHaveBeenCalled();
    expect(made.row.redeemedAt).toBeNull();
  });

  it('after its time, or once used; the way back to the client is told', async () => {
    const late = world({}, { consented: everything });
    late.clock.forward(1800);
    expect(await late.service.find(tenant, late.call(old))).toMatchObject({
      gone: 'expired',
      client: { client_id: 'app' },
    });
    const used = world({}, { consented: everything });
    await used.service.resume(tenant, used.call(old));
    expect(await used.service.find(tenant, used.call(old))).toMatchObject({ gone: 'expired' });
  });

  it('when the client was disabled meanwhile', async () => {
    const { service, call } = world({}, { client: clientLike({ status: 'disabled' }) });
    expect(await service.find(tenant, call(old))).toMatchObject({ gone: 'expired' });
    expect((await service.resume(tenant, call(old))).kind).toBe('error-page');
  });
});

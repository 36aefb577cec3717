import { KeyedHash, MasterKeys } from '@tokenidp/kernel';
import {
  clientLike,
  FixedClock,
  httpRequestLike,
  refusalOf,
  sessionLike,
  subjects,
  tenant,
  user,
} from '../../test/samples';
import type { AuthenticatedSession } from '../authorize/interaction';
import { EndSessionService, type LogoutOutcome } from './end-session.service';
import { LogoutConfirmations } from './logout-confirmations';
import { LogoutRequests } from './logout-requests.service';

const BYE = encodeURIComponent('https://app.example/bye');
const keyedHash = new KeyedHash(new MasterKeys([{ id: 'k1', key: Buffer.alloc(32, 1) }]));

/** `good` is an ID token for the user of the session, `foreign` one for somebody else; nothing else verifies. */
function world(session: AuthenticatedSession | null, frames: readonly string[] = []) {
  let current = session;
  const verify = async (_tenant: unknown, jwt: string) => {
    const sub = ({ good: user.id, foreign: 'other' } as Record<string, string>)[jwt];
    return sub ? { header: {}, claims: { sub, aud: 'app' } } : null;
  };
  const clients = { find: async (_tenantId: string, id: string) => (id === 'app' ? clientLike() : null) };
  const signOut = jest.fn(async () => {
    current = null;
    return { id: sessionLike().id, userId: user.id, clients: [] };
  });
  const service = new EndSessionService(
    new LogoutRequests(clients as never, { verify } as never),
    { find: async () => current } as never,
    { signOut } as never,
    new LogoutConfirmations(keyedHash, new FixedClock()),
    { frames: async () => frames } as never,
    subjects,
  );
  const call = { tenant, request: httpRequestLike(), reply: {} as never };
  return {
    signOut,
    start: (query: string) => service.start(call, query),
    confirm: (form: string) => service.confirm(call, form),
    resume: (query: string) => service.resume(call, query),
    startElsewhere: (form: string) =>
      service.start({ ...call, request: httpRequestLike(CROSS_SITE, { method: 'POST' }) }, form),
    switchTo: (other: AuthenticatedSession | null) => (current = other),
  };
}

const CROSS_SITE = { 'sec-fetch-site': 'cross-site' };

const told = (outcome: LogoutOutcome) => (outcome.kind === 'redirect' ? outcome.location : outcome.kind);

describe('the end-session endpoint', () => {
  it.each([
    [
      'oidcc-rp-initiated-logout',
      `id_token_hint=good&post_logout_redirect_uri=${BYE}&state=s1`,
      'https://app.example/bye?state=s1',
      1,
    ],
    [
      'oidcc-rp-initiated-logout-no-state',
      `id_token_hint=good&post_logout_redirect_uri=${BYE}`,
      'https://app.example/bye',
      1,
    ],
    ['oidcc-rp-initiated-logout-no-post-logout-redirect-uri', 'id_token_hint=good&state=s1', 'signed-out', 1],
    [
      'oidcc-rp-initiated-logout-modified-id-token-hint',
      `id_token_hint=altered&post_logout_redirect_uri=${BYE}`,
      'confirm',
      0,
    ],
    ['oidcc-rp-initiated-logout-no-id-token-hint', `post_logout_redirect_uri=${BYE}`, 'confirm', 0],
    ['oidcc-rp-initiated-logout-no-params', '', 'confirm', 0],
    ['oidcc-rp-initiated-logout-only-state', 'state=s1', 'confirm', 0],
    ['a hint of another user', `id_token_hint=foreign&post_logout_redirect_uri=${BYE}`, 'confirm', 0],
    ['client_id without a hint', `client_id=app&post_logout_redirect_uri=${BYE}`, 'confirm', 0],
  ])('S-127 OIDC RP-Initiated Logout §2 %s', async (_, query, expected, signedOut) => {
    const { start, signOut } = world(sessionLike());
    expect(told(await start(query))).toBe(expected);
    expect(signOut).toHaveBeenCalledTimes(signedOut);
  });

  it.each([
    [
      'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri',
      'id_token_hint=good&post_logout_redirect_uri=https://evil.example',
    ],
    [
      'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
      `id_token_hint=good&post_logout_redirect_uri=${BYE}%3Fa%3Db`,
    ],
    ['a client_id that is not that of the hint', 'id_token_hint=good&client_id=other'],
    ['a duplicate', 'id_token_hint=good&state=1&state=2'],
  ])('S-030 OIDC RP-Initiated Logout §3 %s: an error page, and nobody is signed out', async (_, query) => {
    const { start, signOut } = world(sessionLike());
    expect(await refusalOf(() => start(query))).toMatch(/^invalid_/);
    expect(signOut).not.toHaveBeenCalled();
  });

  it('S-127 OIDC RP-Initiated Logout §2 signs out after the click, and goes where the request said', async () => {
    const { start, confirm, signOut } = world(sessionLike());
    const asked = await start(`client_id=app&post_logout_redirect_uri=${BYE}&state=s1`);
    if (asked.kind !== 'confirm') throw new Error(asked.kind);
    expect(asked.page).toMatchObject({
      action: `${tenant.issuer}/logout/confirm`,
      redirectUri: 'https://app.example/bye',
    });
    const done = await confirm(`confirmation=${encodeURIComponent(asked.page.confirmation)}`);
    expect(told(done)).toBe('https://app.example/bye?state=s1');
    expect(signOut).toHaveBeenCalledTimes(1);
  });

  it('S-124 OAuth 2.1 §7.10 a click on a page that was made for another session asks again', async () => {
    const { start, confirm, signOut, switchTo } = world(sessionLike());
    const asked = await start('');
    if (asked.kind !== 'confirm') throw new Error(asked.kind);
    switchTo(sessionLike({ id: '01900000-0000-7000-8000-0000000000dd' }));
    expect((await confirm(`confirmation=${encodeURIComponent(asked.page.confirmation)}`)).kind).toBe('confirm');
    expect(signOut).not.toHaveBeenCalled();
  });

  it.each(['', 'confirmation=', 'confirmation=made.up'])('S-124 refuses the form %j', async (form) => {
    const { confirm, signOut } = world(sessionLike());
    expect(await refusalOf(() => confirm(form))).toBe('invalid_request');
    expect(signOut).not.toHaveBeenCalled();
  });

  describe('OIDC RP-Initiated Logout §2 posted from another site, where the browser holds its cookies back', () => {
    const resumed = (outcome: LogoutOutcome) => {
      const location = new URL(told(outcome));
      expect(location.origin + location.pathname).toBe(`${tenant.issuer}/logout/resume`);
      return location.search.slice(1);
    };

    it('goes on by GET, with nothing of the hint in the address', async () => {
      const { startElsewhere, resume, signOut } = world(sessionLike());
      const query = resumed(await startElsewhere(`id_token_hint=good&post_logout_redirect_uri=${BYE}&state=s1`));
      expect(signOut).not.toHaveBeenCalled();
      expect(query).not.toContain('good');
      expect(told(await resume(query))).toBe('https://app.example/bye?state=s1');
      expect(signOut).toHaveBeenCalledTimes(1);
    });

    it.each(['', 'id_token_hint=foreign', 'client_id=app'])('S-127 still asks for %j', async (form) => {
      const { startElsewhere, resume, signOut } = world(sessionLike());
      expect(told(await resume(resumed(await startElsewhere(form))))).toBe('confirm');
      expect(signOut).not.toHaveBeenCalled();
    });

    it('S-124 what is sealed for the one is no good for the other', async () => {
      const { start, startElsewhere, confirm, resume, signOut } = world(sessionLike());
      expect(told(await confirm(resumed(await startElsewhere('id_token_hint=good'))))).toBe('confirm');
      const asked = await start('');
      if (asked.kind !== 'confirm') throw new Error(asked.kind);
      expect(told(await resume(`confirmation=${encodeURIComponent(asked.page.confirmation)}`))).toBe('confirm');
      expect(await refusalOf(() => resume('confirmation=made.up'))).toBe('invalid_request');
      expect(signOut).not.toHaveBeenCalled();
    });
  });

  it('OIDC Front-Channel Logout §3 pages of clients come first, and then the way on', async () => {
    const frames = ['https://other.example/bye'];
    const { start } = world(sessionLike(), frames);
    expect(await start(`id_token_hint=good&post_logout_redirect_uri=${BYE}&state=s1`)).toMatchObject({
      kind: 'signed-out',
      page: { frames, continueTo: 'https://app.example/bye?state=s1' },
    });
  });

  it('OIDC RP-Initiated Logout §2 has nothing to ask of who is signed out already', async () => {
    const { start, signOut } = world(null);
    expect(told(await start(''))).toBe('signed-out');
    expect(told(await start(`id_token_hint=good&post_logout_redirect_uri=${BYE}&state=s1`))).toBe(
      'https://app.example/bye?state=s1',
    );
    expect(signOut).not.toHaveBeenCalled();
  });
});

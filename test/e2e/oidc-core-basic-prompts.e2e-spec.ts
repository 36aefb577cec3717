import { RESPONSE_MODES } from '@tokenidp/kernel';
import { expectErrorRedirect } from '../support/conformance';
import { ConformancePlan } from '../support/conformance-plan';

const SILENT_ERRORS = ['login_required', 'interaction_required', 'consent_required', 'account_selection_required'];

describe('oidcc-basic-certification-test-plan: when a user is asked, and how', () => {
  let plan: ConformancePlan;

  beforeAll(async () => {
    plan = await ConformancePlan.start();
  });
  afterEach(() => plan.tidy());
  afterAll(() => plan?.close());

  describe.each(RESPONSE_MODES)('response_mode %s', (mode) => {
    it.each([
      ['oidcc-display-page', { display: 'page' }],
      ['oidcc-display-popup', { display: 'popup' }],
      ['oidcc-ui-locales', { ui_locales: 'se' }],
      ['oidcc-login-hint', { login_hint: 'buffy@localhost' }],
    ])('%s OIDC Core §3.1.2.1 is a wish that stops nobody', async (_row, parameters) => {
      const app = await plan.app({}, mode);
      await plan.login(app, plan.visitor(), parameters as unknown as Record<string, string>);
    });

    it('oidcc-login-hint OIDC Core §3.1.2.1 is filled in where one signs in', async () => {
      const app = await plan.app({}, mode);
      const person = await plan.person();
      await person.open((await app.request({ login_hint: 'buffy@localhost' })).url);
      expect(await person.page.inputValue('[name=username]')).toBe('buffy@localhost');
    });

    it('oidcc-prompt-login OIDC Core §3.1.2.1 asks for the password again in spite of a session', async () => {
      const app = await plan.app({}, mode);
      const person = await plan.person();
      const first = await plan.login(app, person);
      plan.idp.clock.forward(2);
      const second = await plan.loginAgain(app, person, { prompt: 'login' });
      expect(second.claims.sub).toBe(first.claims.sub);
      expect(second.claims.auth_time).toBeGreaterThan(first.claims.auth_time);
    });

    it('oidcc-prompt-none-not-logged-in OIDC Core §3.1.2.6 is an error, and no page is shown', async () => {
      const app = await plan.app({}, mode);
      const request = await app.request({ prompt: 'none' });
      expect(request.url.searchParams.get('state')).toHaveLength(128);
      const callback = await plan.visitor().authorize(request.url);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: SILENT_ERRORS });
    });

    it('oidcc-prompt-none-logged-in OIDC Core §3.1.2.1 a code without a page: sign-in and consent are remembered', async () => {
      const app = await plan.app({}, mode);
      const person = plan.visitor();
      const first = await plan.login(app, person);
      plan.idp.clock.forward(5);
      const second = await plan.login(app, person, { prompt: 'none' }, { signsIn: false });
      expect(second.claims).toMatchObject({ sub: first.claims.sub, auth_time: first.claims.auth_time });
    });

    it('oidcc-max-age-1 OIDC Core §3.1.2.1 a sign-in of two seconds ago is too old', async () => {
      const app = await plan.app({}, mode);
      const person = plan.visitor();
      const first = await plan.login(app, person);
      plan.idp.clock.forward(2);
      const second = await plan.loginAgain(app, person, { max_age: '1' });
      expect(second.claims.auth_time).toBeGreaterThan(first.claims.auth_time);
      expect(second.claims.iat! - second.claims.auth_time).toBeLessThanOrEqual(60);
    });

    it('OIDC Core §3.1.2.1 max_age=0 asks each time, as prompt=login does', async () => {
      const app = await plan.app({}, mode);
      const person = plan.visitor();
      const first = await plan.login(app, person);
      plan.idp.clock.forward(1);
      const second = await plan.loginAgain(app, person, { max_age: '0' });
      expect(second.claims.auth_time).toBeGreaterThan(first.claims.auth_time);
    });

    it('oidcc-max-age-10000 OIDC Core §3.1.2.1 a sign-in that is young enough is the same one', async () => {
      const app = await plan.app({}, mode);
      const person = plan.visitor();
      const first = await plan.login(app, person, { max_age: '15000' });
      plan.idp.clock.forward(600);
      const second = await plan.login(app, person, { max_age: '10000' }, { signsIn: false });
      expect(first.claims.auth_time).toEqual(expect.any(Number));
      expect(second.claims.auth_time).toBe(first.claims.auth_time);
    });

    it('oidcc-id-token-hint OIDC Core §3.1.2.1 with prompt none: the same user at once, also after the hint has expired', async () => {
      const app = await plan.app({}, mode);
      const person = plan.visitor();
      const first = await plan.login(app, person);
      const hint = { prompt: 'none', id_token_hint: first.tokens.id_token! };
      const second = await plan.login(app, person, hint, { signsIn: false });
      expect(second.claims.sub).toBe(first.claims.sub);
      plan.idp.clock.forward(plan.tenant.settings.lifetimes.idTokenSeconds + 1);
      const third = await plan.login(app, person, hint, { signsIn: false });
      expect(third.claims.sub).toBe(first.claims.sub);
    });

    it('OIDC Core §3.1.2.1 a hint at another user is no silent switch', async () => {
      const app = await plan.app({}, mode);
      const [ada, bob] = [plan.visitor(), plan.visitor()];
      const { tokens } = await plan.login(app, ada);
      await bob.authorize((await app.request()).url, await plan.newUser('bob', mode));
      const request = await app.request({ prompt: 'none', id_token_hint: tokens.id_token! });
      const callback = await bob.authorize(request.url);
      expectErrorRedirect(callback, request, { issuer: plan.tenant.issuer, error: SILENT_ERRORS });
    });
  });
});

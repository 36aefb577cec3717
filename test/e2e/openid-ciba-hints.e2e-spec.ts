import { TrustedIssuersService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { type User, UserCodesService } from '@tokenidp/users';
import type { Credentials } from '../support/browser';
import { CibaFlow, createAsker } from '../support/ciba-flow';
import { CodeFlow } from '../support/code-flow';
import { createApi, createClient, createUser, REDIRECT_URI } from '../support/fixtures';
import { HttpBrowser } from '../support/http-browser';
import { startIdp, type TestIdp } from '../support/idp';
import { OutsideIssuer } from '../support/trusted-issuer';

const UNLIMITED = { backchannelOpenPerUser: 100_000, backchannelPerUserPerHour: 100_000 };
const CIBA = 'urn:openid:params:grant-type:ciba';
const CODE = '194857';

describe('CIBA Core §7.1 who is meant', () => {
  let idp: TestIdp;
  let tenant: Tenant;
  let user: User;
  let credentials: Credentials;
  let flow: CibaFlow;

  beforeAll(async () => {
    idp = await startIdp();
    tenant = await idp.createTenant({ slug: 'acme', settings: { limits: UNLIMITED } });
    ({ user, credentials } = await createUser(idp, tenant));
    flow = await CibaFlow.of(idp, tenant, await createAsker(idp, tenant));
    await createApi(idp, tenant, [flow.app.client]);
  });

  afterEach(() => idp.clock.reset());
  afterAll(() => idp?.close());

  const told = ({ status, json }: { status: number; json: Record<string, unknown> | undefined }) =>
    status === 200 ? '200' : `${status} ${String(json?.error)}`;

  /** The subject of the tokens that the hint leads to; null when nobody is asked. */
  async function subjectOf(parameters: Record<string, string>, at = flow): Promise<unknown> {
    const { auth_req_id } = await at.begin(parameters);
    if (!(await at.decide(auth_req_id))) return null;
    const { json } = await at.poll(auth_req_id);
    return (JSON.parse(Buffer.from(String(json?.id_token).split('.')[1]!, 'base64url').toString()) as { sub: string })
      .sub;
  }

  describe('CIBA Core §7.1 login_hint_token', () => {
    let issuer: OutsideIssuer;

    beforeAll(async () => {
      issuer = await OutsideIssuer.of(idp, tenant, { scopes: [], audiences: [] });
    });

    const ask = async (login_hint_token: string) => told(await flow.ask({ login_hint_token }));
    const from = (seconds: number): number => idp.clock.nowSeconds() + seconds;

    it('names a user, whom a stock client gets the tokens of', async () => {
      expect(await subjectOf({ login_hint_token: await issuer.assertion('ada') })).toBe(user.id);
      const again = await issuer.sign(issuer.claims('ada', { jti: undefined }), { typ: 'login-hint+jwt' });
      expect(await subjectOf({ login_hint_token: again })).toBe(user.id);
      expect(await subjectOf({ login_hint_token: again })).toBe(user.id);
    });

    it('names a user by what the issuer knows of them', async () => {
      const members = { issuer: 'https://mail.example', subject: 'email', scopes: [], audiences: [] };
      const byMail = await OutsideIssuer.of(idp, tenant, members);
      const claims = { email: 'Ada@example.com', email_verified: true };
      expect(await subjectOf({ login_hint_token: await byMail.assertion('x', claims) })).toBe(user.id);
      const unverified = await byMail.assertion('x', { ...claims, email_verified: false });
      expect(await subjectOf({ login_hint_token: unverified })).toBeNull();
    });

    it('that is over is expired_login_hint_token, if it was one at all', async () => {
      expect(await ask(await issuer.assertion('ada', { exp: from(-1) }))).toBe('400 expired_login_hint_token');
      const stranger = await OutsideIssuer.of(idp, await idp.createTenant({ slug: 'other' }));
      const foreign = await stranger.sign(issuer.claims('ada', { exp: from(-1) }));
      expect(await ask(foreign)).toBe('400 invalid_request');
      expect(await ask(await issuer.assertion('ada', { exp: from(-1), aud: 'x' }))).toBe('400 invalid_request');
    });

    it.each<[string, Record<string, unknown>, object]>([
      ['of another issuer', { iss: 'https://unknown.example' }, {}],
      ['of the tenant itself', { iss: undefined }, {}],
      ['for somebody else', { aud: 'https://other.example' }, {}],
      ['about nobody', { sub: undefined }, {}],
      ['without an end', { exp: undefined }, {}],
      ['that says it is something else', {}, { typ: 'at+jwt' }],
    ])('S-160 is refused %s', async (_, changed, header) => {
      expect(await ask(await issuer.sign(issuer.claims('ada', changed), header))).toBe('400 invalid_request');
    });

    it('S-160 is refused when it is signed by nobody whom the tenant trusts', async () => {
      const stranger = await OutsideIssuer.of(idp, await idp.createTenant({ slug: 'elsewhere' }));
      const claims = issuer.claims('ada');
      const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`;
      for (const token of [await stranger.sign(claims), none, 'a.b.c', 'x'.repeat(9000)]) {
        expect(await ask(token)).toBe('400 invalid_request');
      }
      const clients = { issuer: 'https://clients.example', subject: 'client' };
      const ofClients = await OutsideIssuer.of(idp, tenant, clients);
      expect(await ask(await ofClients.assertion(flow.app.client.client_id))).toBe('400 invalid_request');
      const gone = await OutsideIssuer.of(idp, tenant, { issuer: 'https://gone.example' });
      await idp.get(TrustedIssuersService).disable(tenant, gone.trusted.id);
      expect(await ask(await gone.assertion('ada'))).toBe('400 invalid_request');
    });

    it('S-136 S-160 looks the same when it names nobody', async () => {
      expect(await ask(await issuer.assertion('nobody'))).toBe('200');
      expect(await subjectOf({ login_hint_token: await issuer.assertion('nobody') })).toBeNull();
    });

    it('S-160 is one hint of three', async () => {
      const login_hint_token = await issuer.assertion('ada');
      for (const more of ['login_hint', 'id_token_hint']) {
        expect(told(await flow.ask({ login_hint_token, [more]: 'ada' }))).toBe('400 invalid_request');
      }
    });
  });

  describe('OIDC Core §8 id_token_hint of a pairwise client', () => {
    const members = (redirect_uris: string[]) =>
      ({ subject_type: 'pairwise', consent: 'implicit', redirect_uris }) as const;
    const both = { grant_types: ['authorization_code', CIBA], backchannel_token_delivery_mode: 'poll' } as const;

    it('CIBA Core §7.1 leads to the user, whom the client still knows by its own subject', async () => {
      const app = await createClient(idp, tenant, { ...members([REDIRECT_URI]), ...both } as never);
      const code = await CodeFlow.of(tenant, app);
      const tokens = await code.tokens(await code.code(new HttpBrowser(), { credentials }));
      const { sub } = tokens.claims()!;
      expect(sub).not.toBe(user.id);
      const asking = await CibaFlow.of(idp, tenant, app);
      expect(await subjectOf({ id_token_hint: tokens.id_token! }, asking)).toBe(sub);
      idp.clock.forward(86_400);
      expect(told(await asking.ask({ id_token_hint: tokens.id_token! }))).toBe('200');
      const other = await createClient(idp, tenant, { ...members(['https://other.example/cb']), ...both } as never);
      const stolen = await (await CibaFlow.of(idp, tenant, other)).ask({ id_token_hint: tokens.id_token! });
      expect(told(stolen)).toBe('400 invalid_request');
    });
  });

  describe('CIBA Core §7.1 user_code', () => {
    let asking: CibaFlow;

    beforeAll(async () => {
      asking = await CibaFlow.of(
        idp,
        tenant,
        await createAsker(idp, tenant, { backchannel_user_code_parameter: true }),
      );
      await idp.get(UserCodesService).set(tenant, user.id, CODE);
      await createUser(idp, tenant, { username: 'bob' });
    });

    const ask = async (login_hint: string, user_code: string) => told(await asking.ask({ login_hint, user_code }));

    it('lets a client ask that has registered that it brings one', async () => {
      expect(await subjectOf({ login_hint: 'ada', user_code: CODE }, asking)).toBe(user.id);
      expect(told(await flow.ask({ login_hint: 'ada' }))).toBe('200');
      expect(told(await flow.ask({ login_hint: 'ada', user_code: CODE }))).toBe('400 invalid_request');
    });

    it.each(['ada', 'bob', 'nobody'])(
      'S-136 S-161 missing_user_code, invalid_user_code: the same for %s',
      async (who) => {
        expect(await ask(who, '')).toBe('400 missing_user_code');
        expect(await ask(who, 'wrong!')).toBe('400 invalid_user_code');
        expect(await ask(who, 'x'.repeat(500))).toBe('400 invalid_user_code');
      },
    );

    it('S-161 S-134 guessing ends, whoever is meant, and nobody’s allowance is used up by it', async () => {
      const limits = { backchannelOpenPerUser: 2, backchannelPerUserPerHour: 10 };
      const strict = await idp.createTenant({ slug: 'strict', settings: { limits } });
      const eve = await createUser(idp, strict);
      await idp.get(UserCodesService).set(strict, eve.user.id, CODE);
      const app = await createAsker(idp, strict, { backchannel_user_code_parameter: true });
      const there = await CibaFlow.of(idp, strict, app);
      for (const login_hint of ['ada', 'nobody']) {
        const guesses: string[] = [];
        for (let n = 0; n < 7; n += 1) guesses.push(told(await there.ask({ login_hint, user_code: `wrong${n}` })));
        expect(guesses.slice(0, 5)).toEqual(Array<string>(5).fill('400 invalid_user_code'));
        expect(guesses[5]).toBe('429 temporarily_unavailable');
        const right = await there.ask({ login_hint, user_code: CODE });
        expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true]);
      }
      idp.clock.forward(60);
      expect(told(await there.ask({ login_hint: 'ada', user_code: CODE }))).toBe('200');
    });

    it('is one of the members of a signed request, too', async () => {
      await idp.get(UserCodesService).remove(tenant, user.id);
      expect(await ask('ada', CODE)).toBe('400 invalid_user_code');
      await idp.get(UserCodesService).set(tenant, user.id, CODE);
      expect(await ask('ada', CODE)).toBe('200');
    });
  });
});

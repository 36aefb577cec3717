import { randomToken, sha256 } from '@tokenidp/kernel';
import type { Client } from '@tokenidp/clients';
import { CALLBACK, CHALLENGE, NOW, refusalOf, VERIFIER } from '../../test/samples';
import {
  appLike,
  AUTHORIZATION_ID,
  issuer,
  SESSION_ID,
  signed,
  standingLike,
  tokenRequestLike,
  type Written,
} from '../../test/token-samples';
import type { AuthorizationCodes } from '../tokens/authorization-codes.service';
import type { CodeRow } from '../tokens/authorizations.repository';
import type { Confirmation } from '../tokens/confirmation';
import type { ExchangeRecord, ExchangesRepository } from '../tokens/exchanges.repository';
import type { IssuedRefreshToken, RefreshTokens } from '../tokens/refresh-tokens';
import type { ReuseDetection } from '../tokens/reuse-detection';
import { UserTokens } from '../tokens/user-tokens';
import { AuthorizationCodeGrant } from './authorization-code.grant';

const CODE = randomToken('tac');
const row: CodeRow = {
  id: 'code',
  redirectUri: CALLBACK,
  codeChallenge: CHALLENGE,
  nonce: 'n-0S6_WzA2Mj',
  dpopJkt: null,
  expiresAt: new Date(NOW.getTime() + 30_000),
  redeemedAt: null,
  scope: 'openid profile',
  sessionIsLive: true,
  standing: standingLike(),
};

function setUp(changes: Partial<CodeRow> = {}, redeems = true) {
  const written: Written[] = [];
  const revoked: unknown[] = [];
  const codes = { find: async (_id: string, hash: string) => (hash === sha256(CODE) ? { ...row, ...changes } : null) };
  const exchanges = {
    redeemCode: async (record: ExchangeRecord, ...rest: unknown[]) => {
      written.push({ call: 'redeem', record, rest });
      return redeems;
    },
  };
  const refreshTokens = {
    mayHave: (_client: Client, scopes: ReadonlySet<string>) => scopes.has('offline_access'),
    first: () => ({ token: 'trt_first', row: { id: 'refresh' } }) as unknown as IssuedRefreshToken,
  };
  const reuse = { revoke: async (...call: unknown[]) => void revoked.push(call[2]) };
  const grant = new AuthorizationCodeGrant(
    codes as unknown as AuthorizationCodes,
    exchanges as unknown as ExchangesRepository,
    refreshTokens as unknown as RefreshTokens,
    new UserTokens(issuer),
    reuse as unknown as ReuseDetection,
  );
  const exchange = (form: Record<string, string> = {}, client = appLike(), confirmation?: Confirmation) =>
    grant.exchange(tokenRequestLike({ code: CODE, code_verifier: VERIFIER, ...form }, { client, confirmation }));
  return { exchange, written, revoked };
}

describe('RFC 6749 §4.1.3, OAuth 2.1 §4.1.3, OIDC Core §3.1.3.2 redeeming a code', () => {
  it('answers with tokens, and writes what follows in the call that spends it', async () => {
    const { exchange, written, revoked } = setUp();
    const response = await exchange();
    expect(response).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'openid profile',
      id_token: expect.any(String),
    });
    expect(written).toMatchObject([
      { record: { authorizationId: AUTHORIZATION_ID, access: null, now: NOW }, rest: ['code', null] },
    ]);
    expect(written[0]?.record.audit).toMatchObject({ auditEvent: 'token.issued', auditSessionId: SESSION_ID });
    expect(revoked).toEqual([]);
  });

  it('RFC 9449 §10 S-041 of a code that is bound to a key takes a proof of that key', async () => {
    const { exchange, written } = setUp({ dpopJkt: 'key' });
    await expect(refusalOf(() => exchange())).resolves.toBe('invalid_grant');
    await expect(refusalOf(() => exchange({}, appLike(), { jkt: 'other' }))).resolves.toBe('invalid_grant');
    expect(written).toEqual([]);
    await expect(exchange({}, appLike(), { jkt: 'key' })).resolves.toMatchObject({ token_type: 'DPoP' });
  });

  it('S-045 copies nonce, auth_time, acr and amr into the ID token', async () => {
    const { claims } = signed((await setUp().exchange()).id_token);
    expect(claims).toMatchObject({ nonce: row.nonce, sid: SESSION_ID, amr: ['pwd'], auth_time: expect.any(Number) });
    const without = signed((await setUp({ nonce: null }).exchange()).id_token);
    expect(without.claims).not.toHaveProperty('nonce');
  });

  it('gives no ID token without openid', async () => {
    await expect(setUp({ scope: 'profile' }).exchange()).resolves.not.toHaveProperty('id_token');
  });

  it('gives a refresh token where one was granted', async () => {
    const { exchange, written } = setUp({ scope: 'openid offline_access' });
    await expect(exchange()).resolves.toMatchObject({ refresh_token: 'trt_first' });
    expect(written[0]?.rest).toEqual(['code', { id: 'refresh' }]);
  });

  it.each([
    ['a code that was never issued', {}, { code: randomToken('tac') }],
    ['S-077 a code with a changed character', {}, { code: `${CODE.slice(0, -1)}${CODE.endsWith('A') ? 'B' : 'A'}` }],
    ['S-077 a code that was cut', {}, { code: CODE.slice(0, -3) }],
    ['a refresh token as a code', {}, { code: randomToken('trt') }],
    ['S-039 a code after its end', { expiresAt: NOW }, {}],
    ['S-025 another redirect_uri', {}, { redirect_uri: `${CALLBACK}/` }],
    ['a redirect_uri where none was sent', { redirectUri: null }, { redirect_uri: CALLBACK }],
    ['S-033 no verifier for a challenge', {}, { code_verifier: '' }],
    ['S-033 a verifier without a challenge', { codeChallenge: null }, {}],
    ['another verifier', {}, { code_verifier: 'a'.repeat(43) }],
    ['an authorization that was revoked', { standing: standingLike({ stands: false }) }, {}],
    ['S-035 a session that has ended', { sessionIsLive: false }, {}],
    ['S-035 the code of another client', { standing: standingLike({ clientId: 'other' }) }, {}],
  ])('S-038 refuses %s, and spends nothing', async (_name, code, form) => {
    const { exchange, written, revoked } = setUp(code);
    await expect(refusalOf(() => exchange(form as Record<string, string>))).resolves.toBe('invalid_grant');
    expect({ written, revoked }).toEqual({ written: [], revoked: [] });
  });

  it('needs a code', async () => {
    await expect(refusalOf(() => setUp().exchange({ code: '' }))).resolves.toBe('invalid_request');
  });

  it('refuses a resource that was not granted before anything is spent', async () => {
    const { exchange, written } = setUp();
    await expect(refusalOf(() => exchange({ resource: 'https://api.example' }))).resolves.toBe('invalid_target');
    expect(written).toEqual([]);
  });

  it('takes the redirect_uri that was sent before', async () => {
    await expect(setUp().exchange({ redirect_uri: CALLBACK })).resolves.toHaveProperty('access_token');
  });
});

describe('RFC 6749 §4.1.3 S-025 a client that may go without PKCE', () => {
  const legacy = appLike({ require_pkce: false });

  it('repeats the redirect_uri instead', async () => {
    const { exchange } = setUp({ codeChallenge: null });
    await expect(exchange({ redirect_uri: CALLBACK, code_verifier: '' }, legacy)).resolves.toHaveProperty('id_token');
    await expect(refusalOf(() => exchange({ code_verifier: '' }, legacy))).resolves.toBe('invalid_grant');
  });

  it('S-033 is the only one that a code without challenge works for', async () => {
    const { exchange } = setUp({ codeChallenge: null });
    const form = { redirect_uri: CALLBACK, code_verifier: '' };
    await expect(refusalOf(() => exchange(form))).resolves.toBe('invalid_grant');
    const spa = appLike({ require_pkce: false, isConfidential: false });
    await expect(refusalOf(() => exchange(form, spa))).resolves.toBe('invalid_grant');
  });
});

describe('OAuth 2.1 §7.5.2 S-037 a code that comes again', () => {
  const again = { redeemedAt: new Date(NOW.getTime() - 1000) };

  it.each([
    ['at once', again],
    ['after its end', { ...again, expiresAt: new Date(NOW.getTime() - 1) }],
    ['after what it had bought was revoked', { ...again, standing: standingLike({ stands: false }) }],
  ])('%s: refused, and what the first use has issued is revoked', async (_name, code) => {
    const { exchange, written, revoked } = setUp(code);
    await expect(refusalOf(() => exchange())).resolves.toBe('invalid_grant');
    expect({ written, revoked }).toEqual({ written: [], revoked: ['code-replayed'] });
  });

  it('S-036 together with another: the one that comes too late is a replay', async () => {
    const { exchange, revoked } = setUp({}, false);
    await expect(refusalOf(() => exchange())).resolves.toBe('invalid_grant');
    expect(revoked).toEqual(['code-replayed']);
  });

  it.each([
    ['a wrong verifier', { code_verifier: 'a'.repeat(43) }, {}],
    ['a wrong redirect_uri', { redirect_uri: 'https://evil.example' }, {}],
    ['another client', {}, { id: 'other' }],
  ])('S-038 with %s: refused, and nothing is revoked', async (_name, form, client) => {
    const { exchange, revoked } = setUp(again);
    await expect(refusalOf(() => exchange(form, appLike(client)))).resolves.toBe('invalid_grant');
    expect(revoked).toEqual([]);
  });
});

import { randomToken, sha256 } from '@tokenidp/kernel';
import type { Client } from '@tokenidp/clients';
import { NOW, refusalOf, tenant } from '../../test/samples';
import { appLike, issuer, signed, standingLike, tokenRequestLike } from '../../test/token-samples';
import type { ExchangeRecord, ExchangesRepository } from '../tokens/exchanges.repository';
import type { IssuedRefreshToken, RefreshTokens } from '../tokens/refresh-tokens';
import type { RefreshTokensRepository, StoredRefreshToken } from '../tokens/refresh-tokens.repository';
import type { ReuseDetection } from '../tokens/reuse-detection';
import { UserTokens } from '../tokens/user-tokens';
import type { TokenRequest } from './grant';
import { RefreshTokenGrant } from './refresh-token.grant';

const TOKEN = randomToken('trt');
const SUCCESSOR = randomToken('trt');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const stored: StoredRefreshToken = {
  id: 'refresh',
  scope: 'openid profile offline_access',
  confirmation: null,
  createdAt: ago(3600),
  idleExpiresAt: ago(-3600),
  absoluteExpiresAt: ago(-7200),
  lastUsedAt: null,
  rotatedAt: null,
  revokedAt: null,
  successorId: null,
  successorHash: null,
  standing: standingLike(),
};
const rotated = { rotatedAt: ago(5), successorId: 'successor', successorHash: sha256(SUCCESSOR) };
const rotating = appLike({ refresh: { rotate: true, always: false }, isConfidential: false });

/** `outcomes`: what each call that writes says, `true` when it is not named. */
function setUp(found: Partial<StoredRefreshToken> = {}, outcomes: Record<string, boolean> = {}) {
  const calls: string[] = [];
  const records: ExchangeRecord[] = [];
  const finds = [{ ...stored, ...found }];
  const write = (call: string) => async (record: ExchangeRecord) => {
    calls.push(call);
    records.push(record);
    return outcomes[call] ?? true;
  };
  const repository = {
    find: async (_id: string, hash: string) =>
      hash === sha256(TOKEN) ? (finds.length > 1 ? finds.shift() : finds[0]) : null,
  };
  const exchanges = {
    useRefreshToken: write('use'),
    rotateRefreshToken: write('rotate'),
    repeatRotation: write('repeat'),
  };
  const refreshTokens = {
    successor: () => ({ token: SUCCESSOR, row: {} }) as unknown as IssuedRefreshToken,
    successorOf: () => SUCCESSOR,
    movedIdleEnd: () => NOW,
  };
  const reuse = { revoke: async (...call: unknown[]) => void calls.push(`revoke ${String(call[2])}`) };
  const grant = new RefreshTokenGrant(
    repository as unknown as RefreshTokensRepository,
    exchanges as unknown as ExchangesRepository,
    refreshTokens as unknown as RefreshTokens,
    new UserTokens(issuer),
    reuse as unknown as ReuseDetection,
  );
  const exchange = (
    form: Record<string, string> = {},
    client: Client = appLike(),
    changes: Partial<TokenRequest> = {},
  ) => grant.exchange(tokenRequestLike({ refresh_token: TOKEN, ...form }, { client, ...changes }));
  return {
    exchange,
    calls,
    records,
    thenFind: (next: Partial<StoredRefreshToken>) => finds.push({ ...stored, ...next }),
  };
}

describe('OAuth 2.1 §4.3 a refresh token', () => {
  it('that stays is answered with new tokens and itself', async () => {
    const { exchange, calls, records } = setUp();
    await expect(exchange()).resolves.toMatchObject({
      token_type: 'Bearer',
      scope: stored.scope,
      refresh_token: TOKEN,
      id_token: expect.any(String),
    });
    expect(calls).toEqual(['use']);
    expect(records[0]?.audit).toMatchObject({ auditEvent: 'token.issued', auditDetail: { grant: 'refresh_token' } });
  });

  it('RFC 9449 §5 S-070 that is bound to a key is good for its holder, and stays', async () => {
    const publicClient = appLike({ isConfidential: false });
    const { exchange, calls } = setUp({ confirmation: { jkt: 'key' } });
    const other = { confirmation: { jkt: 'other' } };
    await expect(refusalOf(() => exchange({}, publicClient, other))).resolves.toBe('invalid_grant');
    expect(calls).toEqual([]);
    const { token_type, access_token } = await exchange({}, publicClient, { confirmation: { jkt: 'key' } });
    expect(token_type).toBe('DPoP');
    expect(signed(access_token).claims).toMatchObject({ cnf: { jkt: 'key' } });
    expect(calls).toEqual(['use']);
  });

  it('RFC 9449 §5 of a client that authenticates may come with a new key', async () => {
    const { exchange } = setUp();
    const { access_token } = await exchange({}, appLike(), { confirmation: { jkt: 'new' } });
    expect(signed(access_token).claims).toMatchObject({ cnf: { jkt: 'new' } });
  });

  it('OIDC Core §12, §12.2 has an ID token about the same sign-in and without a nonce', async () => {
    const { claims } = signed((await setUp().exchange()).id_token);
    const { authTime, acr } = stored.standing.subject;
    expect(claims).toMatchObject({ auth_time: authTime, acr, aud: 'app', azp: 'app' });
    expect(claims).not.toHaveProperty('nonce');
  });

  it.each([
    ['is missing', {}, { refresh_token: '' }, 'invalid_request'],
    ['is not ours', {}, { refresh_token: randomToken('trt') }, 'invalid_grant'],
    ['S-077 was cut', {}, { refresh_token: TOKEN.slice(0, -1) }, 'invalid_grant'],
    ['S-077 was extended', {}, { refresh_token: `${TOKEN}A` }, 'invalid_grant'],
    ['S-077 changed its case', {}, { refresh_token: TOKEN.toUpperCase() }, 'invalid_grant'],
    ['S-070 belongs to another client', { standing: standingLike({ clientId: 'other' }) }, {}, 'invalid_grant'],
    ['S-070 RFC 9449 §5 is bound to a key', { confirmation: { jkt: 'key' } }, {}, 'invalid_grant'],
    ['S-074 was not used for too long', { idleExpiresAt: NOW }, {}, 'invalid_grant'],
    ['was revoked', { revokedAt: ago(1) }, {}, 'invalid_grant'],
    ['S-075 has lost its authorization or user', { standing: standingLike({ stands: false }) }, {}, 'invalid_grant'],
    ['S-073 is asked for more', {}, { scope: 'openid email' }, 'invalid_scope'],
    ['S-073 is asked for another resource', {}, { resource: 'https://api.example' }, 'invalid_target'],
  ])('that %s is refused, and nothing is written', async (_name, found, form, error) => {
    const { exchange, calls } = setUp(found);
    await expect(refusalOf(() => exchange(form as Record<string, string>))).resolves.toBe(error);
    expect(calls).toEqual([]);
  });

  it('S-073 may be used for less', async () => {
    await expect(setUp().exchange({ scope: 'profile' })).resolves.toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'profile',
      refresh_token: TOKEN,
    });
  });

  it('that ended while it was used is refused', async () => {
    await expect(refusalOf(() => setUp({}, { use: false }).exchange())).resolves.toBe('invalid_grant');
  });
});

describe('RFC 9700 §4.14.2 S-071 a refresh token that rotates', () => {
  it('is replaced by its successor', async () => {
    const { exchange, calls } = setUp();
    await expect(exchange({}, rotating)).resolves.toMatchObject({ refresh_token: SUCCESSOR });
    expect(calls).toEqual(['rotate']);
  });

  it('is answered with the same successor when it comes again within the grace', async () => {
    const { exchange, calls } = setUp(rotated);
    await expect(exchange({}, rotating)).resolves.toMatchObject({ refresh_token: SUCCESSOR });
    expect(calls).toEqual(['repeat']);
  });

  it.each([
    ['at the end of the grace', { ...rotated, rotatedAt: ago(10) }],
    ['after the grace', { ...rotated, rotatedAt: ago(60) }],
    ['when the key that named the successor is gone', { ...rotated, successorHash: sha256('another') }],
  ])('S-072 ends the family %s', async (_name, found) => {
    const { exchange, calls } = setUp(found);
    await expect(refusalOf(() => exchange({}, rotating))).resolves.toBe('invalid_grant');
    expect(calls).toEqual(['revoke refresh-token-reused']);
  });

  it('S-072 ends the family when it comes a third time within the grace, or after its successor was used', async () => {
    const { exchange, calls } = setUp(rotated, { repeat: false });
    await expect(refusalOf(() => exchange({}, rotating))).resolves.toBe('invalid_grant');
    expect(calls).toEqual(['repeat', 'revoke refresh-token-reused']);
  });

  it('that two requests use at once gives both the same successor', async () => {
    const { exchange, calls, thenFind } = setUp({}, { rotate: false });
    thenFind({ ...rotated, rotatedAt: NOW });
    await expect(exchange({}, rotating)).resolves.toMatchObject({ refresh_token: SUCCESSOR });
    expect(calls).toEqual(['rotate', 'repeat']);
  });

  it('S-072 without a grace ends the family, even when two use it at once and the later to win had begun first', async () => {
    const lifetimes = { ...tenant.settings.lifetimes, refreshGraceSeconds: 0 };
    const graceless = { tenant: { ...tenant, settings: { ...tenant.settings, lifetimes } } };
    const { exchange, calls, thenFind } = setUp({}, { rotate: false });
    thenFind({ ...rotated, rotatedAt: ago(-1) });
    await expect(refusalOf(() => exchange({}, rotating, graceless))).resolves.toBe('invalid_grant');
    expect(calls).toEqual(['rotate', 'revoke refresh-token-reused']);
  });

  it('that was revoked while it was used is refused, and nothing else happens', async () => {
    const { exchange, calls, thenFind } = setUp({}, { rotate: false });
    thenFind({ standing: standingLike({ stands: false }) });
    await expect(refusalOf(() => exchange({}, rotating))).resolves.toBe('invalid_grant');
    expect(calls).toEqual(['rotate']);
  });

  it('of another client does not end the family', async () => {
    const { exchange, calls } = setUp({ ...rotated, rotatedAt: ago(60) });
    await expect(refusalOf(() => exchange({}, appLike({ id: 'other' })))).resolves.toBe('invalid_grant');
    expect(calls).toEqual([]);
  });
});

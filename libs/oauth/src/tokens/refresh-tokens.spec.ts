import { hasTokenForm, MasterKeys, sha256 } from '@tokenidp/kernel';
import { clientLike, NOW, tenant } from '../../test/samples';
import { RefreshTokens, rotates } from './refresh-tokens';

const keysOf = (fill: number) => new MasterKeys([{ id: 'a', key: Buffer.alloc(32, fill) }]);
const refreshTokens = new RefreshTokens(keysOf(1));
const owner = (changes: Parameters<typeof clientLike>[0] = {}) => ({ tenant, client: clientLike(changes), now: NOW });
const secondsFromNow = (instant: Date) => (instant.getTime() - NOW.getTime()) / 1000;
const DAY = 24 * 3600;

describe('OAuth 2.1 §4.3.1 a refresh token', () => {
  it.each([
    ['offline_access', {}, 'openid offline_access', true],
    ['no offline_access', {}, 'openid', false],
    ['a policy that always gives one', { refresh: { rotate: false, always: true } }, 'openid', true],
    ['a client without the grant', { grant_types: ['authorization_code'] as const }, 'offline_access', false],
  ])('is given with %s: %s', (_name, changes, scope, expected) => {
    const client = clientLike(changes as Parameters<typeof clientLike>[0]);
    expect(refreshTokens.mayHave(client, new Set(scope.split(' ')))).toBe(expected);
  });

  it('is stored by its hash alone', () => {
    const { token, row } = refreshTokens.first(owner(), 'openid');
    expect(hasTokenForm('trt', token)).toBe(true);
    expect(row).toMatchObject({ hash: sha256(token), parentId: null, scope: 'openid' });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(refreshTokens.first(owner(), 'openid').token).not.toBe(token);
  });

  it.each([
    ['a confidential client', {}, 14 * DAY, 90 * DAY],
    ['a public client', { isConfidential: false }, DAY, 14 * DAY],
    [
      'a client with a policy',
      { refresh: { rotate: true, always: false, idleSeconds: 60, absoluteSeconds: 90 } },
      60,
      90,
    ],
    ['an idle end beyond the absolute one', { refresh: { rotate: true, always: false, absoluteSeconds: 90 } }, 90, 90],
  ])('S-074 of %s ends', (_name, changes, idle, absolute) => {
    const { row } = refreshTokens.first(owner(changes), 'openid');
    expect(secondsFromNow(row.idleExpiresAt)).toBe(idle);
    expect(secondsFromNow(row.absoluteExpiresAt)).toBe(absolute);
  });
});

describe('RFC 9449 §5 S-070 the key of a refresh token', () => {
  const confirmation = { jkt: 'thumbprint' };
  const held = (changes: object) => ({ ...owner(changes), confirmation });
  const parent = { id: 'parent', scope: 'openid', confirmation: null, absoluteExpiresAt: NOW };

  it('is that of a public client, and none of a client that authenticates', () => {
    const { row } = refreshTokens.first(held({ isConfidential: false }), 'openid');
    expect(row.confirmation).toEqual(confirmation);
    expect(refreshTokens.first(held({}), 'openid').row.confirmation).toBeNull();
    expect(refreshTokens.first(owner({ isConfidential: false }), 'openid').row.confirmation).toBeNull();
  });

  it('is handed on, and given to a successor when its parent had none', () => {
    const bound = { ...parent, confirmation: { jkt: 'first' } };
    const successor = (of: typeof bound | typeof parent, changes: object) =>
      refreshTokens.successor(held(changes), 'trt_parent', of).row.confirmation;
    expect(successor(bound, { isConfidential: false })).toEqual({ jkt: 'first' });
    expect(successor(parent, { isConfidential: false })).toEqual(confirmation);
    expect(successor(parent, {})).toBeNull();
  });

  it.each([
    ['whose client wants it', { refresh: { rotate: true, always: false } }, confirmation, true],
    ['of a public client without a key', { isConfidential: false }, null, true],
    ['of a public client with a key', { isConfidential: false }, confirmation, false],
    ['of a confidential client', {}, null, false],
  ])('RFC 9700 §2.2.2 S-071 lets one rotate %s: %#', (_name, changes, key, expected) => {
    expect(rotates(owner(changes).client, { confirmation: key })).toBe(expected);
  });
});

describe('S-074 the idle end of a refresh token that stays', () => {
  const used = (secondsAgo: number | null, absolute = 1e9) => ({
    lastUsedAt: secondsAgo === null ? null : new Date(NOW.getTime() - secondsAgo * 1000),
    absoluteExpiresAt: new Date(NOW.getTime() + absolute * 1000),
  });
  const moved = (token: ReturnType<typeof used>, idleSeconds?: number) => {
    const end = refreshTokens.movedIdleEnd(owner({ refresh: { rotate: false, always: false, idleSeconds } }), token);
    return end && secondsFromNow(end);
  };

  it.each([
    ['at the first use', used(null), undefined, 14 * DAY],
    ['a minute after the last one', used(60), undefined, 14 * DAY],
    ['to the absolute end at most', used(60, 100), undefined, 100],
    ['sooner where the idle time is short', used(1), 20, 20],
  ])('moves %s', (_name, token, idleSeconds, expected) => {
    expect(moved(token, idleSeconds)).toBe(expected);
  });

  it('stays where it is within a minute of the last use', () => {
    expect(moved(used(59))).toBeNull();
    expect(moved(used(0.5), 20)).toBeNull();
  });
});

describe('RFC 9700 §4.14.2 the successor of a refresh token', () => {
  const parent = {
    id: 'parent',
    scope: 'openid',
    confirmation: null,
    absoluteExpiresAt: new Date(NOW.getTime() + 100_000),
  };
  const { token } = refreshTokens.first(owner(), 'openid');

  it('is the same each time for one parent, and another for another', () => {
    const successor = refreshTokens.successor(owner(), token, parent);
    expect(hasTokenForm('trt', successor.token)).toBe(true);
    expect(refreshTokens.successorOf(token)).toBe(successor.token);
    expect(refreshTokens.successorOf(successor.token)).not.toBe(successor.token);
  });

  it('cannot be foretold without the key', () => {
    expect(new RefreshTokens(keysOf(2)).successorOf(token)).not.toBe(refreshTokens.successorOf(token));
  });

  it('S-074 inherits the absolute end, and its idle end does not go beyond', () => {
    const { row } = refreshTokens.successor(owner(), token, parent);
    expect(row).toMatchObject({ parentId: 'parent', scope: 'openid', absoluteExpiresAt: parent.absoluteExpiresAt });
    expect(row.idleExpiresAt).toEqual(parent.absoluteExpiresAt);
  });
});

import type { Clock, GuardedHttpClient } from '@tokenidp/kernel';
import { Logger } from '@nestjs/common';
import { generateKeyPairSync } from 'node:crypto';
import { ClientKeys, keysTopicKey } from './client-keys';

const key = (kid: string) => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
  kid,
});
const [one, two] = [key('one'), key('two')];
const client = { tenantId: 'tenant', jwks_uri: 'https://app.test/jwks' };

function setUp() {
  const state = { seconds: 0, answer: { status: 200, keys: [one], maxAge: undefined as string | undefined }, calls: 0 };
  const http = {
    fetch: async () => {
      state.calls += 1;
      const { status, keys, maxAge } = state.answer;
      if (status === 0) throw new Error('unreachable');
      return { status, headers: { 'cache-control': maxAge }, json: () => ({ keys }) };
    },
  };
  const clock = { now: () => new Date(state.seconds * 1000) };
  return { state, keys: new ClientKeys(http as unknown as GuardedHttpClient, clock as Clock) };
}

const kids = (jwks: { keys: { kid?: string }[] }) => jwks.keys.map(({ kid }) => kid);

describe('ClientKeys', () => {
  beforeAll(() => Logger.overrideLogger(false));

  it('RFC 7591 §2 gives inline keys as they are and asks nobody', async () => {
    const { keys, state } = setUp();
    expect(await keys.keys({ ...client, jwks: { keys: [two] } }, 'other')).toEqual({ keys: [two] });
    expect(await keys.keys({ tenantId: 'tenant' })).toEqual({ keys: [] });
    expect(state.calls).toBe(0);
  });

  it('fetches once for many, also at once', async () => {
    const { keys, state } = setUp();
    await Promise.all([keys.keys(client, 'one'), keys.keys(client, 'one'), keys.keys(client)]);
    await keys.keys(client, 'one');
    expect(state.calls).toBe(1);
  });

  it('oidcc-refresh-token-rp-key-rotation: fetches again for a new kid, 60 s later', async () => {
    const { keys, state } = setUp();
    await keys.keys(client, 'one');
    state.answer.keys = [two];
    state.seconds = 60;
    expect(kids(await keys.keys(client, 'two'))).toEqual(['two']);
  });

  it('fetches again what is doubted, of one client or of all, and keeps what it has where that fails', async () => {
    const { keys, state } = setUp();
    const clients = ['a', 'b', 'c'].map((path) => ({ ...client, jwks_uri: `https://app.test/${path}` }));
    for (const each of clients) await keys.keys(each);
    keys.doubt(keysTopicKey(clients[1]!));
    for (const each of clients) await keys.keys(each);
    expect(state.calls).toBe(4);
    keys.doubt('*');
    state.answer.status = 500;
    for (const each of clients) expect(kids(await keys.keys(each))).toEqual(['one']);
    expect([state.calls, (await keys.describe(clients[0]!)).problem]).toEqual([7, 'status 500']);
  });

  it('OIDC Core §10.2.1 fetches again when no key fits to encrypt with, as rarely', async () => {
    const { keys, state } = setUp();
    state.answer.keys = [{ ...one, use: 'sig' } as never];
    expect(await keys.encryptionKey(client, 'ECDH-ES')).toBeUndefined();
    state.answer.keys = [two];
    state.seconds = 59;
    expect(await keys.encryptionKey(client, 'ECDH-ES')).toBeUndefined();
    state.seconds = 60;
    expect(await keys.encryptionKey(client, 'ECDH-ES')).toMatchObject({ kid: 'two' });
    expect(state.calls).toBe(2);
  });

  it('OIDC Core §10.1.1 unknown kids cause at most one fetch in 60 s', async () => {
    const { keys, state } = setUp();
    await keys.keys(client, 'one');
    for (state.seconds = 1; state.seconds < 60; state.seconds += 1) await keys.keys(client, `guess-${state.seconds}`);
    expect(state.calls).toBe(1);
    for (; state.seconds < 120; state.seconds += 1) await keys.keys(client, `guess-${state.seconds}`);
    expect(state.calls).toBe(2);
  });

  it.each([
    [undefined, 599, 600],
    ['public, max-age=100', 99, 100],
    ['max-age=5', 59, 60],
    ['max-age=999999', 3599, 3600],
  ])('believes an answer with Cache-Control %s until %d s', async (maxAge, before, after) => {
    const { keys, state } = setUp();
    state.answer.maxAge = maxAge;
    await keys.keys(client, 'one');
    state.seconds = before;
    await keys.keys(client, 'one');
    expect(state.calls).toBe(1);
    state.seconds = after;
    await keys.keys(client, 'one');
    expect(state.calls).toBe(2);
  });

  it('goes on with the keys from before while there is no answer, for an hour', async () => {
    const { keys, state } = setUp();
    await keys.keys(client, 'one');
    state.answer.status = 0;
    state.seconds = 700;
    expect(kids(await keys.keys(client, 'one'))).toEqual(['one']);
    state.seconds = 600 + 3600;
    expect(await keys.keys(client, 'one')).toEqual({ keys: [] });
  });

  it.each([0, 404, 302])('fails closed when the answer is %d, and tries again a minute later', async (status) => {
    const { keys, state } = setUp();
    state.answer.status = status;
    expect(await keys.keys(client, 'one')).toEqual({ keys: [] });
    state.answer.status = 200;
    expect(await keys.keys(client, 'one')).toEqual({ keys: [] });
    state.seconds = 60;
    expect(kids(await keys.keys(client, 'one'))).toEqual(['one']);
  });

  it('S-175 shares nothing between tenants', async () => {
    const { keys, state } = setUp();
    await keys.keys(client, 'one');
    await keys.keys({ ...client, tenantId: 'other' }, 'one');
    expect(state.calls).toBe(2);
  });
});

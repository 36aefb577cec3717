import type { TokenExchangePolicy } from '@tokenidp/clients';
import { clientLike, refusalOf, user } from '../../test/samples';
import { API, NOW_SECONDS, standingLike } from '../../test/token-samples';
import { actorOf, mayPresent } from './exchange-policy';
import type { ExchangeableToken } from './exchangeable-tokens.service';

const other = clientLike({ id: 'row of another', client_id: 'another' });
const token = (changes: Partial<ExchangeableToken> = {}): ExchangeableToken => ({
  ...{
    sub: user.id,
    client: other,
    audience: [API],
    resources: [API],
    scopes: new Set(['api.read']),
    authorizationDetails: [],
  },
  ...{ standing: standingLike(), expiresAtSeconds: NOW_SECONDS + 60 },
  ...changes,
});
const having = (policy: Partial<TokenExchangePolicy>) =>
  clientLike({
    token_exchange: { impersonation: false, refresh_tokens: false, subject_audiences: [], audiences: [], ...policy },
  });
const app = clientLike();

describe('RFC 8693 §5 S-064 who may present a token', () => {
  it.each([
    ['its own client', app, token({ client: app }), true],
    ['a client that it is for', app, token({ audience: ['app'] }), true],
    ['the API that it is for, as an administrator says', having({ subject_audiences: [API] }), token(), true],
    ['anybody else', app, token(), false],
    ['a client that may only ask for tokens for that API', having({ audiences: [API] }), token(), false],
    ['an API by another name', having({ subject_audiences: [`${API}/`] }), token(), false],
    ['a token without audience', having({ subject_audiences: [API] }), token({ audience: [] }), false],
  ])('%s', (_who, client, presented, expected) => {
    expect(mayPresent(client, presented, undefined)).toBe(expected);
  });

  it('RFC 9449 §7.2 its own client has to prove the key that it is bound to; the API that it is for cannot', () => {
    const confirmation = { jkt: 'thumbprint' };
    const own = token({ client: app, confirmation });
    expect([undefined, { jkt: 'another' }, confirmation].map((proven) => mayPresent(app, own, proven))).toEqual([
      ...[false, false],
      true,
    ]);
    expect(mayPresent(having({ subject_audiences: [API] }), token({ confirmation }), undefined)).toBe(true);
  });
});

describe('RFC 8693 §4.1 who acts', () => {
  it('is the client, when nobody else is named', () => {
    expect(actorOf(app, token(), undefined)).toEqual({ sub: 'app' });
  });

  it('is whom the actor token is about, and behind it who acted before', () => {
    const actorToken = token({ sub: 'robot', client: app });
    expect(actorOf(app, token({ act: { sub: 'x' } }), actorToken)).toEqual({ sub: 'robot', act: { sub: 'x' } });
  });

  it('§1.1 is nobody new where the client may impersonate and names no actor', () => {
    const client = having({ impersonation: true });
    expect(actorOf(client, token(), undefined)).toBeUndefined();
    expect(actorOf(client, token({ act: { sub: 'x' } }), undefined)).toEqual({ sub: 'x' });
    expect(actorOf(client, token(), token({ sub: 'robot' }))).toEqual({ sub: 'robot' });
  });

  it('is not acted for in turn', async () => {
    const acted = token({ sub: 'robot', act: { sub: 'hidden' } });
    await expect(refusalOf(() => actorOf(app, token(), acted))).resolves.toBe('invalid_request');
  });

  it('is at the end of a chain of four at most', async () => {
    const three = { sub: 'a', act: { sub: 'b', act: { sub: 'c' } } };
    expect(actorOf(app, token({ act: three }), undefined)).toEqual({ sub: 'app', act: three });
    const four = { sub: 'd', act: three };
    await expect(refusalOf(() => actorOf(app, token({ act: four }), undefined))).resolves.toBe('invalid_request');
  });
});

describe('RFC 8693 §4.4 may_act', () => {
  it.each([{ sub: 'app' }, { client_id: 'app' }, { sub: 'app', client_id: 'app' }])('lets act: %j', (mayAct) => {
    expect(actorOf(app, token({ mayAct }), undefined)).toEqual({ sub: 'app' });
  });

  it.each<[unknown]>([
    [{ sub: 'another' }],
    [{ sub: ['app'] }],
    [{ sub: 'app', client_id: 'another' }],
    [{ sub: 'app', iss: 'https://else.example' }],
    [{ toString: 'app' }],
    [{}],
    [[]],
    [['app']],
    ['app'],
    [null],
    [true],
  ])('lets nobody else act, by delegation or not: %j', async (mayAct) => {
    for (const client of [app, having({ impersonation: true })]) {
      await expect(refusalOf(() => actorOf(client, token({ mayAct }), undefined))).resolves.toBe('invalid_request');
    }
  });
});

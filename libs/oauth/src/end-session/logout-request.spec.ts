import type { Client } from '@tokenidp/clients';
import { clientLike, refusalOf } from '../../test/samples';
import { Parameters } from '../endpoints/form-parameters';
import { logoutClientId, type LogoutHint, logoutHintOf, logoutRequest } from './logout-request';

const BYE = 'https://app.example/bye';
const hint = { subject: 'u1', audience: ['app'] };
const client = clientLike();
const of = (parameters: Record<string, string>) => Parameters.parse(parameters);

type Case = [string, Record<string, string>, LogoutHint | null, Client | null, object];

describe('a logout request', () => {
  it.each([
    ['nothing', {}, null, null, {}],
    ['a hint', { id_token_hint: 'x' }, hint, client, { client, subject: 'u1' }],
    [
      'a hint and a registered URI',
      { id_token_hint: 'x', post_logout_redirect_uri: BYE, state: 's' },
      hint,
      client,
      { client, subject: 'u1', redirectUri: BYE, state: 's' },
    ],
    [
      'a hint and a registered URI without state',
      { id_token_hint: 'x', post_logout_redirect_uri: BYE },
      hint,
      client,
      { client, subject: 'u1', redirectUri: BYE },
    ],
    [
      'client_id and a registered URI',
      { post_logout_redirect_uri: BYE, state: 's' },
      null,
      client,
      { client, redirectUri: BYE, state: 's' },
    ],
    ['a registered URI alone', { post_logout_redirect_uri: BYE, state: 's' }, null, null, {}],
    ['an unregistered URI alone', { post_logout_redirect_uri: 'https://evil.example' }, null, null, {}],
    ['state alone', { state: 's' }, null, null, {}],
    [
      'a forged hint, client_id and a registered URI',
      { id_token_hint: 'forged', post_logout_redirect_uri: BYE },
      null,
      client,
      { client },
    ],
    [
      'a disabled client',
      { id_token_hint: 'x', post_logout_redirect_uri: BYE },
      hint,
      clientLike({ status: 'disabled' }),
      {},
    ],
  ] as Case[])('S-030 OIDC RP-Initiated Logout §3 with %s', (_, parameters, given, ...[known, expected]) => {
    expect(logoutRequest(of(parameters), given, known)).toEqual(expected);
  });

  it.each([`${BYE}?a=b`, `${BYE}/`, 'https://evil.example', 'https://APP.example/bye', 'https://app.example/callback'])(
    'S-030 OIDC RP-Initiated Logout §3 refuses %s',
    async (uri) => {
      const parameters = of({ id_token_hint: 'x', post_logout_redirect_uri: uri });
      expect(await refusalOf(() => logoutRequest(parameters, hint, client))).toBe('invalid_redirect_uri');
    },
  );

  it('S-030 OIDC RP-Initiated Logout §2 refuses a client_id that is not that of the hint', async () => {
    expect(await refusalOf(() => logoutClientId(of({ client_id: 'other' }), hint))).toBe('invalid_request');
    expect(logoutClientId(of({ client_id: 'app' }), hint)).toBe('app');
    expect(logoutClientId(of({}), hint)).toBe('app');
    expect(logoutClientId(of({ client_id: 'other' }), null)).toBe('other');
    expect(logoutClientId(of({}), null)).toBeUndefined();
  });

  it.each([
    [null, null],
    [{ aud: 'app' }, null],
    [{ sub: 'u1', aud: 'app' }, hint],
    [{ sub: 'u1', aud: ['app'] }, hint],
    [{ sub: 'u1' }, { subject: 'u1', audience: [] }],
  ])('OIDC RP-Initiated Logout §4 reads the hint %j', (claims, expected) => {
    expect(logoutHintOf((claims as never) && ({ header: {}, claims } as never))).toEqual(expected);
  });
});

import type { Client, TokenExchangePolicy } from '@tokenidp/clients';
import { BANK, payer, payment } from '../../test/detail-samples';
import { assignmentOf, clientLike, refusalOf, tenant, user } from '../../test/samples';
import { API, appLike, NOW_SECONDS, standingLike, tokenRequestLike } from '../../test/token-samples';
import { exchangeTarget } from './exchange-target';
import type { ExchangeableToken } from './exchangeable-tokens.service';

const BACKEND = 'https://backend.example';
const policy: TokenExchangePolicy = {
  ...{ impersonation: false, refresh_tokens: false, subject_audiences: [] },
  audiences: [BACKEND],
};
const client = appLike({
  grant_types: ['urn:ietf:params:oauth:grant-type:token-exchange', 'refresh_token'],
  assignments: [assignmentOf(API, ['read', 'write']), assignmentOf(BACKEND, ['read', 'sync'])],
});
const subject = (changes: Partial<ExchangeableToken> = {}): ExchangeableToken => ({
  ...{
    sub: user.id,
    client: clientLike(),
    audience: [API],
    resources: [API],
    scopes: new Set(['read', 'write']),
    authorizationDetails: [],
  },
  ...{ standing: standingLike(), expiresAtSeconds: NOW_SECONDS + 60 },
  ...changes,
});
const targetOf = (form: string, token = subject(), changes: Partial<Client> = {}) =>
  exchangeTarget(tokenRequestLike(form, { client: { ...client, ...changes } }), token);

describe('RFC 8693 §2.1 the target of an exchange', () => {
  it.each([
    ['', [API], 'read write'],
    ['scope=read', [API], 'read'],
    [`resource=${API}`, [API], 'read write'],
    [`audience=${API}&scope=write`, [API], 'write'],
  ])('RFC 8707 §2.2 is what the token was for, or less: %s', (form, audience, scope) => {
    expect(targetOf(form)).toMatchObject({ audience, scope });
  });

  it('is another resource where an administrator says so, with the scopes that both have', () => {
    const allowed = { token_exchange: policy };
    expect(targetOf(`resource=${BACKEND}`, subject(), allowed)).toMatchObject({ audience: [BACKEND], scope: 'read' });
  });

  it('holds scopes of the provider only where it is for the provider', () => {
    const both = subject({ resources: [API, tenant.issuer], scopes: new Set(['openid', 'offline_access', 'read']) });
    expect(targetOf('', both)).toMatchObject({ audience: [API, tenant.issuer], scope: 'openid read' });
    expect(targetOf('scope=read', both)).toMatchObject({ audience: [API], scope: 'read' });
    expect(targetOf(`resource=${API}`, both)).toMatchObject({ audience: [API], scope: 'read' });
    expect(targetOf(`audience=${encodeURIComponent(tenant.issuer)}`, both)).toMatchObject({
      audience: [tenant.issuer],
      scope: 'openid',
    });
  });

  it.each([
    ['a scope that the token has not', 'scope=sync'],
    ['a scope that the client has not', 'scope=admin'],
    ['a refresh token', 'scope=offline_access'],
    ['the provider', 'scope=openid'],
    ['a scope of another resource', `resource=${BACKEND}&scope=write`],
  ])('S-063 is refused with invalid_scope: %s', async (_name, form) => {
    const token = subject({ scopes: new Set(['read', 'write', 'admin', 'openid', 'offline_access']) });
    await expect(refusalOf(() => targetOf(form, token, { token_exchange: policy }))).resolves.toBe('invalid_scope');
  });

  it.each([
    ['a resource that nobody allowed', `resource=${BACKEND}`, subject(), {}],
    ['a resource that nobody knows', 'resource=https://else.example', subject(), {}],
    ['one of several', `resource=${API}&resource=${BACKEND}`, subject(), {}],
    ['a resource that the client was not assigned', '', subject(), { assignments: [] }],
    ['a token for nothing', '', subject({ resources: [] }), {}],
    ['nothing in common', `resource=${BACKEND}`, subject({ scopes: new Set(['write']) }), { token_exchange: policy }],
    ['a user’s token where only the client may', '', subject({ standing: null }), {}],
  ])('§2.2.2 is refused with invalid_target: %s', async (_name, form, token, changes) => {
    await expect(refusalOf(() => targetOf(form, token, changes))).resolves.toBe('invalid_target');
  });
});

describe('RFC 9396 §6.1 the details of an exchange', () => {
  const details = (form: object | undefined, changes: Partial<Client> = {}) => {
    const sent = form ? { authorization_details: JSON.stringify([form]) } : {};
    const held = subject({
      ...{ audience: [BANK], resources: [BANK] },
      scopes: new Set(),
      authorizationDetails: [payment],
    });
    return exchangeTarget(tokenRequestLike(sent, { client: payer(changes) }), held).authorizationDetails;
  };
  const less = { ...payment, actions: ['status'] };

  it('S-063 are those of the subject token, or less of them', () => {
    expect(details(undefined)).toEqual([payment]);
    expect(details(less)).toEqual([less]);
  });

  it.each([
    ['more', { ...payment, actions: ['initiate', 'cancel'] }],
    ['other values', { ...payment, creditorName: 'Mallory' }],
    ['another type', { type: 'open_vault' }],
  ])('S-063 are refused when they ask for %s', async (_what, asked) => {
    expect(await refusalOf(() => details(asked))).toBe('invalid_authorization_details');
  });

  it('§10 stay behind where the client may not use their type', async () => {
    const none = { authorization_details_types: [] };
    expect(details(undefined, none)).toEqual([]);
    expect(await refusalOf(() => details(less, none))).toBe('invalid_authorization_details');
  });
});

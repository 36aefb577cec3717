import type { Client } from '@tokenidp/clients';
import type { InteractionView, ScopeGroup } from '@tokenidp/oauth';
import { Texts } from '../i18n/texts';
import { consentWords } from './consent-view';

const scope = (name: string, isNew: boolean, displayName = '') => ({
  name,
  displayName,
  description: '',
  sensitive: false,
  isNew,
});

function words(groups: ScopeGroup[], client: Partial<Client> = {}, locale: 'en' | 'de' = 'en') {
  const view = {
    client: { client_id: 'photos', client_name: 'Photos', origin: 'admin', ...client },
    redirectUri: 'https://photos.test/cb',
  } as InteractionView;
  const consent = { groups, lifetime: { accessTokenSeconds: 300 }, shown: 's' };
  return consentWords(view, { consent, tenant: { basePath: '/t/acme' } }, Texts.of(locale));
}

const api = { identifier: 'https://orders.test/', name: 'Orders' };

describe('consentWords', () => {
  it('S-151 shows only what is new, and says that it is more than before', () => {
    const { groups, more } = words([
      { scopes: [scope('openid', false), scope('email', true)] },
      { resource: api, scopes: [scope('orders.read', false, 'Read orders')] },
    ]);
    expect(more).toBe(true);
    expect(groups.map((group) => group.scopes.map(({ name }) => name))).toEqual([['See your e-mail address']]);
  });

  it('S-151 shows everything the first time, grouped per API', () => {
    const { groups, more } = words([
      { scopes: [scope('openid', true)] },
      { resource: api, scopes: [scope('orders.read', true, 'Read orders'), scope('orders.raw', true)] },
    ]);
    expect(more).toBe(false);
    expect(groups.map((group) => [group.api, ...group.scopes.map(({ name }) => name)])).toEqual([
      [undefined, 'Confirm who you are'],
      ['Orders', 'Read orders', 'orders.raw'],
    ]);
  });

  it('OIDC Core §3.1.2.1 prompt=consent without anything new shows all of it again', () => {
    const { groups, more } = words([{ scopes: [scope('openid', false)] }]);
    expect([groups.length, more]).toEqual([1, false]);
  });

  it('names OIDC scopes in the reader’s language', () => {
    const { groups } = words([{ scopes: [scope('profile', true)] }], {}, 'de');
    expect(groups[0]!.scopes[0]!.name).toBe('Ihr Profil sehen');
  });

  it.each([
    ['admin', 'admin'],
    ['built-in', 'built-in'],
    ['registered', 'self'],
    ['metadata', 'metadata'],
  ] as const)('S-151 tells who registered the app: %s', (origin, expected) => {
    expect(words([], { origin, client_id: 'https://photos.test/client' }).app.origin).toBe(expected);
  });

  it('draft-ietf-oauth-client-id-metadata-document §8.5 an app that describes itself is named by its host', () => {
    const client_id = 'https://photos.test/client';
    expect(words([], { origin: 'metadata', client_id }).app.documentHost).toBe('photos.test');
    expect(words([], { origin: 'registered', client_id }).app.documentHost).toBeUndefined();
  });

  it('S-009 a logo has an address of ours, whatever the client calls itself', () => {
    const { logo } = words([], { client_id: 'a&b', logo_uri: 'https://photos.test/logo.png' }).app;
    expect(logo).toMatch(/^\/t\/acme\/client-logo\?client_id=a%26b&v=[\w-]{12}$/);
    expect(words([]).app.logo).toBeUndefined();
  });

  it('S-009 leaves out addresses that are none of the web', () => {
    const { app } = words([], { policy_uri: 'javascript:alert(1)', tos_uri: 'https://photos.test/terms' });
    expect(app).toMatchObject({ host: 'photos.test', policy: undefined, terms: 'https://photos.test/terms' });
  });
});

import type { Client } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { appLink, appName, hostOf } from './client-links';

const tenant = { issuer: 'https://id.test/t/acme' } as Tenant;
const client = (over: Partial<Client>): Client =>
  ({ client_id: 'photos', client_name: 'Photos', origin: 'admin', ...over }) as Client;

describe('client links', () => {
  it('RFC 7591 §2.2 names the app in the reader’s language, else plainly, else by its identifier', () => {
    const localized = { 'client_name#de': 'Fotos' };
    expect(appName(client({ localized }), 'de')).toBe('Fotos');
    expect(appName(client({ localized }), 'en')).toBe('Photos');
    expect(appName(client({ client_name: '' }), 'en')).toBe('photos');
  });

  it('OIDC Core §4 starts over at the app’s own sign-in, told who asks', () => {
    const initiate_login_uri = 'https://photos.test/login?x=1';
    expect(appLink(tenant, client({ initiate_login_uri }), 'en')?.href).toBe(
      'https://photos.test/login?x=1&iss=https%3A%2F%2Fid.test%2Ft%2Facme',
    );
  });

  it.each([
    [
      'the home page when there is no sign-in start',
      client({ client_uri: 'https://photos.test/' }),
      'https://photos.test/',
    ],
    ['nothing for an unknown client', undefined, undefined],
    ['nothing without an address', client({}), undefined],
    ['nothing that is no web address', client({ client_uri: 'javascript:alert(1)' }), undefined],
    [
      'nothing of a client that registered itself',
      client({ origin: 'registered', client_uri: 'https://evil.test/' }),
      undefined,
    ],
  ])('S-026 links to %s', (_title, to, expected) => {
    expect(appLink(tenant, to, 'en')?.href).toBe(expected);
  });

  it.each([
    ['https://photos.test:8443/cb', 'photos.test:8443'],
    ['com.example.photos:/cb', 'com.example.photos'],
  ])('shows %s as %s', (uri, expected) => {
    expect(hostOf(uri)).toBe(expected);
  });
});

import { asMetadata, assertNotFixed, patched } from './client-patch';
import type { ClientRow } from './clients.repository';

const row = (origin: string): ClientRow => ({ origin }) as ClientRow;

describe('RFC 7396 §2 a patch of a client', () => {
  it('merges objects, replaces all else, and keeps null for what is taken away', () => {
    const current = {
      refresh: { rotate: true, idleSeconds: 60 },
      redirect_uris: ['https://a.example/'],
      logo_uri: 'x',
    };
    const patch = { refresh: { idleSeconds: null }, redirect_uris: ['https://b.example/'], logo_uri: null };
    expect(patched(current, row('admin'), patch)).toEqual({
      refresh: { rotate: true, idleSeconds: null },
      redirect_uris: ['https://b.example/'],
      logo_uri: null,
    });
  });

  it('puts translations beside what they translate, and takes single ones away', () => {
    const current = { client_name: 'a', 'client_name#de': 'A', localized: { 'client_name#de': 'A' } };
    expect(patched(current, row('admin'), { localized: { 'client_name#de': null, 'client_name#fr': 'É' } })).toEqual({
      client_name: 'a',
      'client_name#de': null,
      'client_name#fr': 'É',
    });
    expect(asMetadata({ client_name: 'a' })).toEqual({ client_name: 'a' });
  });

  it('leaves the policy of a client that registered itself to the tenant, and a document to its author', () => {
    expect(() => patched({}, row('registered'), { consent: 'implicit' })).toThrow('registered itself');
    expect(patched({}, row('registered'), { client_name: 'b' })).toEqual({ client_name: 'b' });
    expect(() => patched({}, row('metadata'), { client_name: 'b' })).toThrow('metadata document');
  });

  it.each([
    ['require_pkce', { require_pkce: false }, 'oauth21'],
    ['require_pushed_authorization_requests', { require_pushed_authorization_requests: false }, 'fapi2-security'],
    ['require_signed_request_object', { require_signed_request_object: false }, 'fapi2-message-signing'],
    ['refresh', { refresh: { rotate: true } }, 'fapi2-security'],
  ])('FAPI 2.0 §5.3.2.1 names the profile that fixes %s', (member, input, profile) => {
    expect(() => assertNotFixed(input, profile)).toThrow(expect.objectContaining({ member }) as Error);
    expect(() => assertNotFixed(input, profile)).toThrow(profile);
    expect(() => assertNotFixed(input, 'baseline')).not.toThrow();
  });
});

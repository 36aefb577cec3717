import type { Client } from './client';
import { allowedScopes, defaultScopes } from './client-scopes';
import type { Resource } from './resource';

const scope = (name: string, sensitive = false) => ({ name, displayName: name, description: '', sensitive });
const resource = {
  scopes: [scope('orders.read'), scope('orders.write'), scope('orders.purge', true)],
} as unknown as Resource;
const assignment = { resource, userScopes: ['orders.read', 'orders.purge'], clientScopes: ['orders.write'] };

function client(more: Partial<Client>): Client {
  return { grant_types: ['authorization_code'], origin: 'admin', assignments: [assignment], ...more } as Client;
}

const OIDC = ['openid', 'profile', 'email', 'address', 'phone'];

describe('allowedScopes', () => {
  it('RFC 9700 §2.3 S-063 is what was assigned, for users and for the client apart', () => {
    expect([...allowedScopes(client({}), true)]).toEqual([...OIDC, 'orders.read', 'orders.purge']);
    expect([...allowedScopes(client({}), false)]).toEqual([]);
    const machine = client({ grant_types: ['client_credentials'] });
    expect([...allowedScopes(machine, false)]).toEqual(['orders.write']);
    expect([...allowedScopes(machine, true)]).toEqual([]);
  });

  it('OIDC Core §11 has offline_access only where a refresh token can follow', () => {
    expect(allowedScopes(client({}), true).has('offline_access')).toBe(false);
    const refreshing = client({ grant_types: ['authorization_code', 'refresh_token'] });
    expect(allowedScopes(refreshing, true).has('offline_access')).toBe(true);
  });

  it('RFC 7591 §2 is never more than the registered scope', () => {
    expect([...allowedScopes(client({ scope: 'openid orders.read other' }), true)]).toEqual(['openid', 'orders.read']);
    expect([...allowedScopes(client({ scope: '' }), true)]).toEqual([]);
  });

  it('S-153 keeps sensitive scopes from a client that registered itself', () => {
    expect(allowedScopes(client({ origin: 'registered' }), true).has('orders.purge')).toBe(false);
    expect(allowedScopes(client({ origin: 'registered' }), true).has('orders.read')).toBe(true);
  });
});

describe('defaultScopes', () => {
  it('RFC 6749 §3.3 an omitted scope is the default set, never all', () => {
    expect(defaultScopes(client({}), true)).toEqual([]);
    expect(defaultScopes(client({ default_scope: 'openid orders.read' }), true)).toEqual(['openid', 'orders.read']);
  });

  it('RFC 6749 §3.3 is cut to what is still allowed', () => {
    expect(defaultScopes(client({ default_scope: 'orders.read orders.write' }), true)).toEqual(['orders.read']);
  });
});

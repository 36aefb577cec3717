import { DEFAULT_TENANT_SETTINGS, type Tenant } from '@tokenidp/tenancy';
import type { ClientsError } from './clients-error';
import { assertResource, type NewResource } from './resource-input';

const tenant = { issuer: 'https://id.example.com/t/acme', settings: DEFAULT_TENANT_SETTINGS } as Tenant;
const valid: NewResource = { identifier: 'https://api.acme.test', name: 'Orders', scopes: [{ name: 'orders.read' }] };

function refusal(more: Partial<NewResource>): string {
  try {
    assertResource(tenant, { ...valid, ...more });
    return 'accepted';
  } catch (error) {
    return (error as ClientsError).code;
  }
}

describe('assertResource', () => {
  it.each(['https://api.acme.test', 'https://api.acme.test/v1?x', 'urn:acme:orders', 'https://id.example.com/t/acme2'])(
    'RFC 8707 §2 accepts %s',
    (identifier) => {
      expect(refusal({ identifier })).toBe('accepted');
    },
  );

  it.each([
    '',
    'orders',
    '/orders',
    'https://api.acme.test#x',
    'https://api acme.test',
    'https://api.acme.test/ü',
    'https://id.example.com/t/acme',
    'https://id.example.com/t/acme/admin/api',
    '{issuer}/admin/api',
    `https://api.acme.test/${'a'.repeat(250)}`,
  ])('S-180 RFC 8707 §2 refuses the identifier %s', (identifier) => {
    expect(refusal({ identifier })).toBe('invalid-resource');
  });

  it.each<Partial<NewResource>>([
    { name: ' ' },
    { algorithm: 'none' },
    { algorithm: 'PS256' },
    { tokenFormat: 'saml' as 'jwt' },
    { accessTokenSeconds: 10 },
    { accessTokenSeconds: 7200 },
  ])('refuses %j', (more) => {
    expect(refusal(more)).toBe('invalid-resource');
  });

  it.each([['openid'], ['offline_access'], ['a b'], ['a"b'], [''], ['ä'], ['a', 'a']])(
    'RFC 6749 §3.3 refuses the scopes %s %s',
    (...names) => {
      expect(refusal({ scopes: names.map((name) => ({ name })) })).toBe('invalid-scope');
    },
  );
});

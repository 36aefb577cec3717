import type { NewClient, NewResource } from '@tokenidp/clients';
import type { NewUser } from '@tokenidp/users';

export const DEMO_SLUG = 'demo';

export const DEMO_API: NewResource = {
  identifier: 'https://api.demo.example',
  name: 'Invoices',
  includeRoles: true,
  includePermissions: true,
  scopes: [
    { name: 'invoices.read', displayName: 'See invoices', description: 'Read invoices and their positions.' },
    { name: 'invoices.write', displayName: 'Change invoices', description: 'Create and change invoices.' },
  ],
};

export const DEMO_PERMISSIONS = [
  { key: 'invoices.approve', description: 'Approve an invoice for payment.' },
  { key: 'invoices.export', description: 'Export invoices.' },
];

export const DEMO_ROLES = [
  { name: 'accountant', displayName: 'Accountant', permissions: ['invoices.approve', 'invoices.export'] },
  { name: 'reader', displayName: 'Reader', permissions: [] },
];

/** The first one has every standard claim, which is what a conformance run signs in with. */
export const DEMO_USERS: readonly NewUser[] = [
  {
    username: 'alice',
    email: 'alice@demo.example',
    emailVerified: true,
    phoneNumber: '+493012345678',
    phoneNumberVerified: true,
    locale: 'en-GB',
    roles: ['administrator', 'accountant'],
    claims: {
      name: 'Alice Adler',
      given_name: 'Alice',
      middle_name: 'Beatrix',
      family_name: 'Adler',
      nickname: 'Ali',
      profile: 'https://demo.example/people/alice',
      picture: 'https://demo.example/people/alice.png',
      website: 'https://alice.demo.example',
      gender: 'female',
      birthdate: '1990-05-17',
      zoneinfo: 'Europe/Berlin',
      address: {
        formatted: 'Torstraße 1\n10119 Berlin\nGermany',
        street_address: 'Torstraße 1',
        locality: 'Berlin',
        region: 'Berlin',
        postal_code: '10119',
        country: 'Germany',
      },
    },
  },
  {
    username: 'bob',
    email: 'bob@demo.example',
    emailVerified: true,
    locale: 'de',
    roles: ['reader'],
    claims: { name: 'Bob Brandt', given_name: 'Bob', family_name: 'Brandt' },
  },
];

export interface DemoClient {
  metadata: NewClient & { client_id: string };
  /** scopes of the API that users may grant it, and that it has for itself */
  userScopes: string[];
  clientScopes: string[];
  /** With one it may use the administration API, too. */
  role?: string;
}

/** One client of each type. */
export const DEMO_CLIENTS: readonly DemoClient[] = [
  {
    metadata: {
      client_id: 'demo-spa',
      client_name: 'Demo single-page app',
      type: 'spa',
      redirect_uris: ['https://spa.demo.example/callback'],
      post_logout_redirect_uris: ['https://spa.demo.example/'],
    },
    userScopes: ['invoices.read', 'invoices.write'],
    clientScopes: [],
  },
  {
    metadata: {
      client_id: 'demo-native',
      client_name: 'Demo terminal app',
      type: 'native',
      redirect_uris: ['http://127.0.0.1/callback'],
    },
    userScopes: ['invoices.read'],
    clientScopes: [],
  },
  {
    metadata: {
      client_id: 'demo-web',
      client_name: 'Demo web app',
      type: 'web',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: ['https://web.demo.example/callback'],
      post_logout_redirect_uris: ['https://web.demo.example/'],
    },
    userScopes: ['invoices.read', 'invoices.write'],
    clientScopes: [],
  },
  {
    metadata: { client_id: 'demo-device', client_name: 'Demo television', type: 'device' },
    userScopes: ['invoices.read'],
    clientScopes: [],
  },
  {
    metadata: { client_id: 'demo-machine', client_name: 'Demo service', type: 'machine' },
    userScopes: [],
    clientScopes: ['invoices.read', 'invoices.write'],
  },
  {
    metadata: { client_id: 'demo-admin', client_name: 'Demo administration', type: 'machine' },
    userScopes: [],
    clientScopes: [],
    role: 'owner',
  },
];

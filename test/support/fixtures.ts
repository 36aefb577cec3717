import { ClientsService, type Client, type NewClient, type Resource, ResourcesService } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import { type NewUser, type User, UsersService } from '@tokenidp/users';
import type { Credentials } from './browser';
import type { TestIdp } from './idp';

export const REDIRECT_URI = 'https://client.example/callback';
export const POST_LOGOUT_REDIRECT_URI = 'https://client.example/post_logout_redirect';
export const API = 'https://api.example/';

/** One user with every standard claim. */
export const ADA: NewUser = {
  username: 'ada',
  email: 'ada@example.com',
  emailVerified: true,
  phoneNumber: '+441632960123',
  phoneNumberVerified: true,
  locale: 'en-GB',
  claims: {
    name: 'Ada Lovelace',
    given_name: 'Ada',
    middle_name: 'Augusta',
    family_name: 'Lovelace',
    nickname: 'Ada',
    profile: 'https://people.example/ada',
    picture: 'https://people.example/ada.png',
    website: 'https://ada.example',
    gender: 'female',
    birthdate: '1815-12-10',
    zoneinfo: 'Europe/London',
    address: {
      formatted: '12 St James Square\nLondon SW1Y 4JH\nUnited Kingdom',
      street_address: '12 St James Square',
      locality: 'London',
      region: 'Greater London',
      postal_code: 'SW1Y 4JH',
      country: 'United Kingdom',
    },
  },
};

export interface TestClient {
  client: Client;
  secret: string;
}

/** A user and the password that was drawn for them. */
export async function createUser(
  idp: TestIdp,
  tenant: Tenant,
  input: NewUser = ADA,
): Promise<{ user: User; credentials: Credentials }> {
  const password = `correct horse battery ${input.username} staple`;
  const user = await idp.get(UsersService).create(tenant, { ...input, password });
  return { user, credentials: { username: input.username, password } };
}

/** A confidential web application; anything of its metadata can be changed. */
export async function createClient(
  idp: TestIdp,
  tenant: Tenant,
  metadata: Partial<NewClient> = {},
): Promise<TestClient> {
  const { client, secret } = await idp.get(ClientsService).create(tenant, {
    client_name: 'Test client',
    type: 'web',
    redirect_uris: [REDIRECT_URI],
    post_logout_redirect_uris: [POST_LOGOUT_REDIRECT_URI],
    grant_types: ['authorization_code', 'refresh_token'],
    ...metadata,
  } as NewClient);
  return { client, secret: secret ?? '' };
}

export function createMachine(idp: TestIdp, tenant: Tenant, metadata: Partial<NewClient> = {}): Promise<TestClient> {
  return createClient(idp, tenant, {
    type: 'machine',
    redirect_uris: undefined,
    post_logout_redirect_uris: undefined,
    grant_types: ['client_credentials'],
    ...metadata,
  });
}

/** An API with two scopes, which the clients may have for users and for themselves. */
export async function createApi(
  idp: TestIdp,
  tenant: Tenant,
  clients: readonly Client[],
  resource: Partial<Resource> = {},
): Promise<Resource> {
  const created = await idp.get(ResourcesService).create(tenant, {
    identifier: API,
    name: 'Test API',
    scopes: [
      { name: 'api.read', displayName: 'Read', description: 'Read everything.' },
      { name: 'api.write', displayName: 'Write', description: 'Change everything.' },
    ],
    ...resource,
  });
  const scopes = created.scopes.map(({ name }) => name);
  for (const client of clients) {
    const isMachine = client.grant_types.includes('client_credentials');
    await idp.get(ClientsService).assign(tenant, client.id, created.id, {
      userScopes: isMachine ? [] : scopes,
      clientScopes: isMachine ? scopes : [],
    });
  }
  return created;
}

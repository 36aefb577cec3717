import type { Client, ClientsService } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import { clientLike, refusalOf, tenant } from '../../test/samples';
import { context, formLike } from '../../test/token-samples';
import type { ClientAuthFailures } from './client-auth-failures';
import { ClientAuthenticator } from './client-authenticator';
import { readCertificate } from './certificate-credential';
import type { ClientAuthMethod } from './client-auth-method';
import type { CertifiedRequest, ClientCertificate, ClientCertificates } from './client-certificate';
import { ClientSecretBasic } from './client-secret-basic';
import { ClientSecretPost } from './client-secret-post';
import { NoClientAuth } from './none';

const web = clientLike({ client_id: 'web', token_endpoint_auth_method: 'client_secret_basic' });
const spa = clientLike({ client_id: 'spa', token_endpoint_auth_method: 'none', isConfidential: false });
const off = clientLike({ client_id: 'off', token_endpoint_auth_method: 'client_secret_basic', status: 'disabled' });
const certified = clientLike({ client_id: 'certified', token_endpoint_auth_method: 'tls_client_auth' });
const keyed = clientLike({ client_id: 'keyed', token_endpoint_auth_method: 'private_key_jwt' });

function setUp(isServed = true) {
  const used: string[] = [];
  const counted: string[] = [];
  const clients = {
    find: async (_tenantId: string, id: string) =>
      [web, spa, off, keyed, certified].find((each) => each.client_id === id) ?? null,
    verifySecret: (_client: Client, secret: string) => secret === 'right',
    touch: ({ client_id }: Client) => used.push(client_id),
  } as unknown as ClientsService;
  const failures = {
    refuseBlocked: (_tenant: unknown, clientId: string) => {
      if (clientId === 'blocked') throw new OAuthError('temporarily_unavailable', 'too many', { status: 429 });
    },
    count: async (_tenant: unknown, clientId: string) => void counted.push(clientId),
  } as unknown as ClientAuthFailures;
  const shown = { isVouchedFor: true } as ClientCertificate;
  const certificates = {
    of: ({ raw }: CertifiedRequest) => (raw ? shown : undefined),
  } as unknown as ClientCertificates;
  const byCertificate: ClientAuthMethod = {
    name: 'tls_client_auth',
    isNamedOnly: true,
    isServed,
    read: readCertificate,
    verify: ({ certificate }) => certificate === shown,
  };
  const methods = [new NoClientAuth(), byCertificate, new ClientSecretBasic(clients), new ClientSecretPost(clients)];
  const authenticator = new ClientAuthenticator(methods, clients, failures, certificates, {} as never);
  const authenticate = (form: string, authorization?: string, at = tenant) =>
    authenticator.authenticate({ tenant: at, authorization, parameters: formLike(form) }, context);
  const connection = { raw: {} } as CertifiedRequest;
  const withCertificate = (form: string, authorization?: string) =>
    authenticator.authenticate({ tenant, authorization, parameters: formLike(form), http: connection }, context);
  return { authenticate, withCertificate, used, counted };
}

const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

describe('OAuth 2.1 §2.4 client authentication', () => {
  it('returns the client that has proved itself, and notes that it was used', async () => {
    const { authenticate, used, counted } = setUp();
    await expect(authenticate('grant_type=x', basic('web', 'right'))).resolves.toBe(web);
    await expect(authenticate('client_id=web', basic('web', 'right'))).resolves.toBe(web);
    await expect(authenticate('client_id=spa')).resolves.toBe(spa);
    expect(used).toEqual(['web', 'web', 'spa']);
    expect(counted).toEqual([]);
  });

  it('OAuth 2.1 §2.4 refuses a client below the security profile that the tenant demands, and counts no failure', async () => {
    const { authenticate, used, counted } = setUp();
    const strict = { ...tenant, settings: { ...tenant.settings, securityProfileFloor: 'fapi2-security' as const } };
    await expect(authenticate('client_id=spa', undefined, strict)).rejects.toMatchObject({
      error: 'unauthorized_client',
      message: expect.stringContaining('fapi2-security') as string,
    });
    expect([used, counted]).toEqual([[], []]);
  });

  it('S-051 refuses two methods in one request, whatever they hold', async () => {
    const { authenticate } = setUp();
    const call = authenticate('client_id=web&client_secret=right', basic('web', 'right'));
    await expect(call).rejects.toMatchObject({ error: 'invalid_request', status: 400 });
  });

  it.each([
    ['S-051 a method that is not the registered one', 'client_id=web&client_secret=right', undefined, 'web'],
    ['S-051 the secret of a client with keys', '', basic('keyed', 'right'), 'keyed'],
    ['S-052 a confidential client without credentials', 'client_id=web', undefined, 'web'],
    ['S-053 a secret of a public client', 'client_id=spa&client_secret=right', undefined, 'spa'],
    ['a wrong secret', '', basic('web', 'wrong'), 'web'],
    ['a disabled client', '', basic('off', 'right'), 'off'],
    ['a client that does not exist', '', basic('nobody', 'right'), 'nobody'],
  ])('refuses and counts %s', async (_name, form, authorization, clientId) => {
    const { authenticate, counted, used } = setUp();
    await expect(authenticate(form, authorization)).rejects.toMatchObject({
      error: 'invalid_client',
      status: 401,
      description: 'client authentication failed',
    });
    expect(counted).toEqual([clientId]);
    expect(used).toEqual([]);
  });

  it('refuses a request without any client', async () => {
    await expect(refusalOf(() => setUp().authenticate('grant_type=x'))).resolves.toBe('invalid_client');
  });

  it('refuses credentials of one client with the name of another', async () => {
    const { authenticate } = setUp();
    await expect(refusalOf(() => authenticate('client_id=spa', basic('web', 'right')))).resolves.toBe('invalid_client');
  });

  it('S-054 does not look at the credentials of a blocked pair', async () => {
    const { authenticate, counted } = setUp();
    await expect(authenticate('', basic('blocked', 'right'))).rejects.toMatchObject({ status: 429 });
    expect(counted).toEqual([]);
  });

  describe('RFC 8705 §2 a request with client_id and a certificate', () => {
    it('is of the method that the client has registered', async () => {
      const { withCertificate, counted } = setUp();
      await expect(withCertificate('client_id=certified')).resolves.toBe(certified);
      await expect(withCertificate('client_id=spa')).resolves.toBe(spa);
      await expect(withCertificate('', basic('web', 'right'))).resolves.toBe(web);
      expect(counted).toEqual([]);
      for (const client of ['web', 'keyed', 'off', 'nobody']) {
        await expect(refusalOf(() => withCertificate(`client_id=${client}`))).resolves.toBe('invalid_client');
      }
      expect(counted).toEqual(['web', 'keyed', 'off', 'nobody']);
    });

    it('proves nothing without the certificate, and nothing where none can arrive', async () => {
      const { authenticate, counted } = setUp();
      await expect(refusalOf(() => authenticate('client_id=certified'))).resolves.toBe('invalid_client');
      expect(counted).toEqual(['certified']);
      await expect(refusalOf(() => setUp(false).withCertificate('client_id=certified'))).resolves.toBe(
        'invalid_client',
      );
    });

    it('S-051 is no second method beside a secret', async () => {
      const { withCertificate } = setUp();
      const refusal = await refusalOf(() => withCertificate('client_id=certified&client_secret=right'));
      expect(refusal).toBe('invalid_client');
    });
  });
});

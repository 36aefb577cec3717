import type { Client, ClientsService } from '@tokenidp/clients';
import { clientLike, refusalOf, tenant } from '../../test/samples';
import { formLike } from '../../test/token-samples';
import { ClientSecretPost } from './client-secret-post';

const method = new ClientSecretPost({
  verifySecret: (_client: Client, secret: string) => secret === 'right',
} as unknown as ClientsService);
const read = (form: string) => method.read({ tenant, authorization: undefined, parameters: formLike(form) });

describe('OAuth 2.1 §2.4.1 client_secret_post', () => {
  it('takes client_id and client_secret from the form', () => {
    expect(read('client_id=app&client_secret=right')).toEqual({ clientId: 'app', secret: 'right' });
    expect(read('client_id=app')).toBeNull();
  });

  it('refuses a secret of nobody', async () => {
    await expect(refusalOf(() => read('client_secret=right'))).resolves.toBe('invalid_client');
  });

  it.each([
    ['right', true],
    ['wrong', false],
  ])('with the %s secret proves: %s', (secret, proven) => {
    expect(method.verify({ clientId: 'app', secret }, clientLike())).toBe(proven);
  });

  it('proves nothing without a secret', () => {
    expect(method.verify({ clientId: 'app' }, clientLike())).toBe(false);
  });
});

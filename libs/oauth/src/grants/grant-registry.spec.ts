import { refusalOf } from '../../test/samples';
import { GRANTS } from '.';
import type { Grant } from './grant';
import { GrantRegistry } from './grant-registry';

const grant = (grantType: string, repeatable?: string[]) =>
  ({ grantType, parameters: ['resource'], repeatable }) as unknown as Grant;
const code = grant('authorization_code', ['resource']);
const registry = new GrantRegistry([code, grant('client_credentials')]);

describe('RFC 6749 §5.2 the grant of a token request', () => {
  it('is found by its type', () => {
    expect(registry.get('authorization_code')).toBe(code);
    expect(registry.grantTypes).toEqual(['authorization_code', 'client_credentials']);
    expect([...registry.repeatable]).toEqual(['resource']);
  });

  it.each([
    [undefined, 'invalid_request'],
    ['password', 'unsupported_grant_type'],
    ['implicit', 'unsupported_grant_type'],
    ['Authorization_Code', 'unsupported_grant_type'],
    ['__proto__', 'unsupported_grant_type'],
  ])('S-059 %s: %s', async (grantType, error) => {
    await expect(refusalOf(() => registry.get(grantType))).resolves.toBe(error);
  });

  it.each([
    'AuthorizationCodeGrant',
    'CibaGrant',
    'ClientCredentialsGrant',
    'DeviceCodeGrant',
    'JwtBearerGrant',
    'RefreshTokenGrant',
    'TokenExchangeGrant',
  ])('is served: %s', (grantClass) => {
    expect(GRANTS.map(({ name }) => name)).toContain(grantClass);
  });
});

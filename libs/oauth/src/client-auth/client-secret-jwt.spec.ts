import type { ClientsService } from '@tokenidp/clients';
import { JWT_BEARER_ASSERTION_TYPE } from '@tokenidp/kernel';
import { SignJWT } from 'jose';
import { clientLike, tenant } from '../../test/samples';
import { formLike, NOW_SECONDS } from '../../test/token-samples';
import type { AssertionRules } from './assertion-rules';
import { ClientSecretJwt } from './client-secret-jwt';

const OLD = 'an old secret that is still alive, 256 bits or more';
const NEW = 'a new secret that is alive as well, 256 bits or more';
let accepts = true;
const method = new ClientSecretJwt(
  { assertionSecrets: () => [OLD, NEW] } as unknown as ClientsService,
  { accept: async () => accepts } as unknown as AssertionRules,
);

const claims = { iss: 'app', sub: 'app', aud: tenant.issuer, jti: 'once', exp: NOW_SECONDS + 60 };
const sign = (secret: string, alg = 'HS256') =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(secret));

async function proves(jwt: string, client = clientLike()): Promise<boolean> {
  const parameters = formLike({ client_assertion: jwt, client_assertion_type: JWT_BEARER_ASSERTION_TYPE });
  const credential = method.read({ tenant, authorization: undefined, parameters });
  return credential !== null && method.verify(credential, client, tenant);
}

describe('OIDC Core §9, RFC 7523 §2.2 client_secret_jwt', () => {
  it.each([OLD, NEW])('accepts a MAC with any live secret', async (secret) => {
    await expect(proves(await sign(secret))).resolves.toBe(true);
  });

  it('refuses a MAC with another secret', async () => {
    await expect(proves(await sign('some other secret of which nobody has heard'))).resolves.toBe(false);
  });

  it('refuses what the claims or the single use speak against', async () => {
    accepts = false;
    await expect(proves(await sign(NEW))).resolves.toBe(false);
    accepts = true;
  });

  it('S-058 is held to the registered algorithm', async () => {
    const client = clientLike({ token_endpoint_auth_signing_alg: 'HS256' });
    await expect(proves(await sign(NEW, 'HS256'), client)).resolves.toBe(true);
    await expect(proves(await sign(NEW, 'HS512'), client)).resolves.toBe(false);
  });

  it('leaves signatures to private_key_jwt', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    await expect(proves(`${part({ alg: 'ES256' })}.${part(claims)}.c2ln`)).resolves.toBe(false);
  });
});

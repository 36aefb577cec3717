import { ClientMetadataError } from '@tokenidp/clients';
import { AssertingClients } from '../support/asserting-clients';
import { newClientKey } from '../support/client-key';
import { CodeFlow } from '../support/code-flow';
import { createClient, createMachine, createUser } from '../support/fixtures';
import { basic, postForm, send } from '../support/http';
import { HttpBrowser } from '../support/http-browser';

/** What proves a client, wherever it goes. */
interface Credential {
  form?: Record<string, string>;
  headers?: Record<string, string>;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

describe.each(['token', 'revocation', 'introspection'])('RFC 8414 §2 (S-003) the %s endpoint', (endpoint) => {
  let suite: AssertingClients;
  let metadata: Record<string, unknown>;

  beforeAll(async () => {
    suite = await AssertingClients.start();
    metadata = (await send(`${suite.tenant.issuer}/.well-known/oauth-authorization-server`)).json!;
  });

  afterAll(() => suite?.close());

  const supported = (name: string): string[] => metadata[`${endpoint}_endpoint_auth_${name}_supported`] as string[];

  /** Of a new client, registered for this method and, where it signs, for this algorithm. */
  async function credentialOf(method: string, alg?: string): Promise<Credential> {
    const registered = { token_endpoint_auth_method: method, token_endpoint_auth_signing_alg: alg };
    const key = await newClientKey('one', alg?.startsWith('HS') ? undefined : alg);
    const keys = method === 'private_key_jwt' ? { jwks: { keys: [key.publicJwk] } } : {};
    const machine = await createMachine(suite.idp, suite.tenant, { ...registered, ...keys });
    const { client_id } = machine.client;
    if (method === 'client_secret_basic') return { headers: basic(client_id, machine.secret) };
    if (method === 'client_secret_post') return { form: { client_id, client_secret: machine.secret } };
    const signedBy = method === 'private_key_jwt' ? key.privateKey : Buffer.from(machine.secret);
    const header = method === 'private_key_jwt' ? { alg, kid: key.kid } : { alg, kid: undefined };
    const client_assertion = await suite.sign(suite.claims(machine), header, signedBy);
    return { form: { client_assertion_type: ASSERTION_TYPE, client_assertion } };
  }

  /** 200 where the client is believed: all that an endpoint wants besides is sent to each. */
  async function statusWith({ form, headers }: Credential): Promise<number> {
    const wanted = { grant_type: 'client_credentials', token: 'whatever', ...form };
    return (await postForm(String(metadata[`${endpoint}_endpoint`]), wanted, headers)).status;
  }

  it('takes each method that it names', async () => {
    const named = supported('methods').filter((method) => method !== 'none');
    expect([...named].sort()).toEqual([
      'client_secret_basic',
      'client_secret_jwt',
      'client_secret_post',
      'private_key_jwt',
    ]);
    for (const method of named) {
      const alg = { client_secret_jwt: 'HS256', private_key_jwt: 'ES256' }[method];
      const status = await statusWith(await credentialOf(method, alg));
      expect({ method, status }).toEqual({ method, status: 200 });
    }
  });

  it('takes each algorithm that it names, and names no other', async () => {
    const algorithms = supported('signing_alg_values');
    expect([...algorithms].sort()).toEqual(
      ['ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA', 'HS256', 'HS384', 'HS512', 'PS256', 'RS256'].sort(),
    );
    for (const alg of algorithms) {
      const method = alg.startsWith('HS') ? 'client_secret_jwt' : 'private_key_jwt';
      const status = await statusWith(await credentialOf(method, alg));
      expect({ alg, status }).toEqual({ alg, status: 200 });
    }
    await expect(credentialOf('private_key_jwt', 'RS512')).rejects.toBeInstanceOf(ClientMetadataError);
  });

  it('is open to public clients where it names none', async () => {
    const { idp, tenant } = suite;
    const spa = await createClient(idp, tenant, { type: 'spa' });
    const takesNone = supported('methods').includes('none');
    expect(takesNone).toBe(endpoint !== 'introspection');
    if (endpoint !== 'token') {
      const status = await statusWith({ form: { client_id: spa.client.client_id } });
      return expect(status).toBe(takesNone ? 200 : 401);
    }
    const { credentials } = await createUser(idp, tenant);
    const flow = await CodeFlow.of(tenant, spa);
    const tokens = await flow.tokens(await flow.code(new HttpBrowser(), { credentials }));
    expect(tokens.claims()!.aud).toBe(spa.client.client_id);
  });
});

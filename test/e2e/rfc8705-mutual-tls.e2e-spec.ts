import { type NewClient } from '@tokenidp/clients';
import type { Tenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import { type Certificate } from '../support/certificate';
import { createMachine, type TestClient } from '../support/fixtures';
import { refusalOf } from '../support/stock-client';
import { TlsIdp } from '../support/tls-idp';

describe('RFC 8705 mutual TLS', () => {
  let tls: TlsIdp;
  let tenant: Tenant;

  beforeAll(async () => {
    tls = await TlsIdp.start();
    tenant = await tls.idp.createTenant({ slug: 'acme', settings: { limits: { clientAuthFailuresPerMinute: 1000 } } });
  });
  afterAll(() => tls?.close());

  const machine = (metadata: Partial<NewClient>): Promise<TestClient> => createMachine(tls.idp, tenant, metadata);

  async function stock({ client }: TestClient, certificate?: Certificate): Promise<openid.Configuration> {
    return openid.discovery(new URL(tenant.issuer), client.client_id, {}, openid.TlsClientAuth(), {
      [openid.customFetch]: tls.fetchWith(certificate) as openid.CustomFetch,
    });
  }

  it('RFC 8705 §2.1 tls_client_auth', async () => {
    const client = await machine({
      token_endpoint_auth_method: 'tls_client_auth',
      tls_client_auth_subject_dn: 'CN=machine,O=Acme',
    });
    const good = tls.authority.issue({
      subject: [
        ['O', 'Acme'],
        ['CN', 'machine'],
      ],
    });
    const tokens = await openid.clientCredentialsGrant(await stock(client, good));
    expect(tokens.token_type).toBe('bearer');
    const other = tls.authority.issue({
      subject: [
        ['O', 'Acme'],
        ['CN', 'other'],
      ],
    });
    expect(await refusalOf(openid.clientCredentialsGrant(await stock(client, other)))).toEqual({
      status: 401,
      error: 'invalid_client',
    });
    expect(await refusalOf(openid.clientCredentialsGrant(await stock(client)))).toEqual({
      status: 401,
      error: 'invalid_client',
    });
  });
});

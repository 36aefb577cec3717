import { X509Certificate } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tenant } from '@tokenidp/tenancy';
import { type Certificate, CertificateAuthority, selfSigned } from '../support/certificate';
import { jwkOf, SUBJECT, SUBJECT_DN } from '../support/certified-clients';
import { createMachine, type TestClient } from '../support/fixtures';
import { postForm } from '../support/http';
import { startIdp, type TestIdp } from '../support/idp';
import { spell } from '../support/wire';

const authority = new CertificateAuthority('Authority of clients');
const TLS_CLIENT_CA = join(mkdtempSync(join(tmpdir(), 'idp-ca-')), 'clients.crt');
writeFileSync(TLS_CLIENT_CA, authority.cert);

const der = ({ cert }: Certificate) => `:${new X509Certificate(cert).raw.toString('base64')}:`;
const pem = ({ cert }: Certificate) => encodeURIComponent(cert);

/** How each proxy hands a certificate on. */
const FORMS: Record<string, (certificate: Certificate) => string> = {
  'client-cert': der,
  'x-ssl-client-cert': pem,
  'x-forwarded-client-cert': (certificate) => `Hash=00;Subject="CN=x";Cert="${pem(certificate)}"`,
};

interface Served {
  idp: TestIdp;
  tenant: Tenant;
  vouched: TestClient;
  own: TestClient;
}

async function serve(environment: Record<string, string>): Promise<Served> {
  const idp = await startIdp({ environment: { TLS_CLIENT_CA, ...environment } });
  const settings = { limits: { clientAuthFailuresPerMinute: 1000 } };
  const tenant = await idp.createTenant({ slug: 'acme', settings });
  const tls_client_auth_subject_dn = SUBJECT_DN;
  const vouched = await createMachine(idp, tenant, {
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_subject_dn,
  });
  const jwks = { keys: [jwkOf(certificate)] };
  const own = await createMachine(idp, tenant, { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks });
  return { idp, tenant, vouched, own };
}

const certificate = selfSigned('app');
const issued = authority.issue({ subject: SUBJECT });

async function ask({ tenant }: Served, { client }: TestClient, headers: Record<string, string>) {
  const form = { grant_type: 'client_credentials', client_id: client.client_id };
  const { status, json } = await postForm(`${tenant.issuer}/token`, form, headers);
  return json?.error ? [status, json.error] : [status];
}

describe.each(Object.entries(FORMS))('RFC 9440 §2.1 a proxy that hands on %s', (header, value) => {
  let served: Served;

  beforeAll(async () => {
    served = await serve({ TLS_CLIENT_CERT_HEADER: header, TRUSTED_PROXIES: '127.0.0.0/8,::1' });
  });
  afterAll(() => served?.idp.close());

  it('RFC 8705 §2 is believed in what certificate the client has shown', async () => {
    expect(await ask(served, served.vouched, { [header]: value(issued) })).toEqual([200]);
    expect(await ask(served, served.own, { [header]: value(certificate) })).toEqual([200]);
  });

  it('RFC 8705 §2.1 is not believed in who vouches for it', async () => {
    const others = [
      selfSigned('machine'),
      new CertificateAuthority('Authority of clients').issue({ subject: SUBJECT }),
    ];
    for (const other of others) {
      const headers = { [header]: value(other), 'x-ssl-client-verify': 'SUCCESS' };
      expect(await ask(served, served.vouched, headers)).toEqual([401, 'invalid_client']);
    }
    expect(await ask(served, served.own, { [header]: value(issued) })).toEqual([401, 'invalid_client']);
  });

  it('no other header counts, and without it there is no certificate', async () => {
    for (const [other, write] of Object.entries(FORMS)) {
      if (other === header) continue;
      expect(await ask(served, served.own, { [other]: write(certificate) })).toEqual([401, 'invalid_client']);
    }
    expect(await ask(served, served.own, { [header]: '' })).toEqual([401, 'invalid_client']);
  });

  it('RFC 9440 §4 two of them, or what is none, is refused', async () => {
    expect(await ask(served, served.own, { [header]: 'nonsense' })).toEqual([400, 'invalid_request']);
    const answer = await spell(served.idp.origin, {
      method: 'POST',
      target: '/t/acme/token',
      headers: {
        host: new URL(served.idp.origin).host,
        'content-type': 'application/x-www-form-urlencoded',
        [header]: [value(certificate), value(certificate)],
      },
      body: `grant_type=client_credentials&client_id=${served.own.client.client_id}`,
    });
    expect([answer.status, answer.json?.error]).toEqual([400, 'invalid_request']);
  });
});

describe('S-012 RFC 9440 §4 a header of somebody who is no proxy of ours', () => {
  let served: Served;

  beforeAll(async () => {
    served = await serve({ TLS_CLIENT_CERT_HEADER: 'client-cert', TRUSTED_PROXIES: '192.0.2.1' });
  });
  afterAll(() => served?.idp.close());

  it('is no certificate, right or wrong', async () => {
    for (const text of [der(certificate), 'nonsense']) {
      expect(await ask(served, served.own, { 'client-cert': text })).toEqual([401, 'invalid_client']);
    }
    expect(await ask(served, served.vouched, { 'client-cert': der(issued) })).toEqual([401, 'invalid_client']);
  });
});

import { X509Certificate } from 'node:crypto';
import { selfIssued } from '../../../../test/support/certificate';
import type { CertificateContent } from '../../../../test/support/x509';
import { clientLike, tenant } from '../../test/samples';
import { formLike } from '../../test/token-samples';
import type { ClientCertificate, ClientCertificates } from './client-certificate';
import { TlsClientAuth } from './tls-client-auth';

const method = (isInTime = true) =>
  new TlsClientAuth({ isInTime: () => isInTime, haveAuthorities: true } as unknown as ClientCertificates);

function certificate(content: Partial<CertificateContent> = {}, isVouchedFor = true): ClientCertificate {
  const { cert } = selfIssued({
    subject: [
      ['O', 'Acme'],
      ['CN', 'app'],
    ],
    ...content,
  });
  return { x509: new X509Certificate(cert), 'x5t#S256': 'thumbprint', isVouchedFor };
}

const verify = (registered: object, shown: ClientCertificate, isInTime = true) =>
  method(isInTime).verify({ clientId: 'app', certificate: shown }, clientLike(registered));

describe('RFC 8705 §2.1 tls_client_auth', () => {
  it('RFC 8705 §2 is a certificate with client_id and no other credential', () => {
    const shown = certificate();
    const read = (form: string, authorization?: string, given: ClientCertificate | undefined = shown) =>
      method().read({ tenant, authorization, parameters: formLike(form), certificate: given });
    expect(read('client_id=app')).toEqual({ clientId: 'app', certificate: shown });
    expect(read('grant_type=x')).toBeNull();
    expect(read('client_id=app', 'Basic YTpi')).toBeNull();
    expect(read('client_id=app&client_secret=s')).toBeNull();
    expect(read('client_id=app&client_assertion=a')).toBeNull();
    expect(method().read({ tenant, authorization: undefined, parameters: formLike('client_id=app') })).toBeNull();
  });

  const names: Partial<CertificateContent> = {
    hosts: ['one.example', 'App.example'],
    uris: ['urn:acme:app'],
    emails: ['Ops@app.example'],
    addresses: [
      [192, 0, 2, 1],
      [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    ],
  };

  it.each<[object, boolean]>([
    [{ tls_client_auth_subject_dn: 'CN=app,O=Acme' }, true],
    [{ tls_client_auth_subject_dn: 'O=Acme,CN=app' }, false],
    [{ tls_client_auth_subject_dn: 'CN=app' }, false],
    [{ tls_client_auth_san_dns: 'app.example' }, true],
    [{ tls_client_auth_san_dns: 'x.app.example' }, false],
    [{ tls_client_auth_san_uri: 'urn:acme:app' }, true],
    [{ tls_client_auth_san_uri: 'urn:acme:App' }, false],
    [{ tls_client_auth_san_ip: '192.0.2.1' }, true],
    [{ tls_client_auth_san_ip: '2001:0db8:0::1' }, true],
    [{ tls_client_auth_san_ip: '192.0.2.2' }, false],
    [{ tls_client_auth_san_ip: '::ffff:192.0.2.1' }, false],
    [{ tls_client_auth_san_email: 'Ops@APP.example' }, true],
    [{ tls_client_auth_san_email: 'ops@app.example' }, false],
    [{}, false],
  ])('RFC 8705 §2.1.2 compares the subject with the registered %j', (registered, expected) => {
    expect(verify(registered, certificate(names))).toBe(expected);
  });

  it('a name stands in its own place: a subject is no host, a pattern no name', () => {
    const host = { tls_client_auth_san_dns: 'app' };
    expect(verify(host, certificate({ hosts: undefined }))).toBe(false);
    expect(verify({ tls_client_auth_san_dns: 'x.example' }, certificate({ hosts: ['*.example'] }))).toBe(false);
  });

  it('RFC 8705 §7.2 needs somebody who vouches for it, and its time', () => {
    const registered = { tls_client_auth_subject_dn: 'CN=app,O=Acme' };
    expect(verify(registered, certificate({}, false))).toBe(false);
    expect(verify(registered, certificate(), false)).toBe(false);
  });
});

import { clientLike, refusalOf } from '../../test/samples';
import type { CertifiedRequest, ClientCertificate, ClientCertificates } from '../client-auth/client-certificate';
import { MtlsBinding } from './mtls-binding';

const request = {} as CertifiedRequest;
const bound = clientLike({ tls_client_certificate_bound_access_tokens: true });
const confirmation = { 'x5t#S256': 'thumbprint' };

function setUp(isShown: boolean, isInTime = true): MtlsBinding {
  const certificate = isShown ? (confirmation as ClientCertificate) : undefined;
  return new MtlsBinding({ of: () => certificate, isInTime: () => isInTime } as unknown as ClientCertificates);
}

describe('RFC 8705 §3 tokens that are bound to a certificate', () => {
  it('RFC 8705 §3.4 are those of a client that has registered so', () => {
    expect(setUp(true).confirm(bound, request)).toEqual(confirmation);
    expect(setUp(true).confirm(clientLike(), request)).toBeUndefined();
    const declined = clientLike({ tls_client_certificate_bound_access_tokens: false });
    expect(setUp(true).confirm(declined, request)).toBeUndefined();
  });

  it('RFC 8705 §3.4 are not issued without a certificate, nor to one whose time is over', async () => {
    await expect(refusalOf(() => setUp(false).confirm(bound, request))).resolves.toBe('invalid_request');
    await expect(refusalOf(() => setUp(true, false).confirm(bound, request))).resolves.toBe('invalid_request');
    expect(setUp(false).confirm(clientLike(), request)).toBeUndefined();
  });

  it('RFC 8705 §3 are proven by the certificate of the connection', () => {
    expect(setUp(true).proven(request)).toEqual(confirmation);
    expect(setUp(false).proven(request)).toBeUndefined();
    expect(setUp(true, false).proven(request)).toBeUndefined();
  });
});

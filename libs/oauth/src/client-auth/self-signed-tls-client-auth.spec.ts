import type { ClientKeys } from '@tokenidp/clients';
import type { JWK } from 'jose';
import { X509Certificate } from 'node:crypto';
import { type Certificate, selfSigned, thumbprintOf } from '../../../../test/support/certificate';
import { clientLike } from '../../test/samples';
import type { ClientCertificates } from './client-certificate';
import { SelfSignedTlsClientAuth } from './self-signed-tls-client-auth';

const app = selfSigned('app');
const other = selfSigned('app');

const jwkOf = ({ cert }: Certificate): JWK => new X509Certificate(cert).publicKey.export({ format: 'jwk' }) as JWK;
const withCertificate = (certificate: Certificate): JWK => ({
  ...jwkOf(certificate),
  x5c: [new X509Certificate(certificate.cert).raw.toString('base64')],
});

/** What is registered now, and what there is once it is fetched again. */
function setUp(known: JWK[], fetched: JWK[] = known, isInTime = true) {
  const kids: (string | undefined)[] = [];
  const keys = {
    keys: async (_client: unknown, kid?: string) => (kids.push(kid), { keys: kid === undefined ? known : fetched }),
  } as unknown as ClientKeys;
  const method = new SelfSignedTlsClientAuth({ isInTime: () => isInTime } as unknown as ClientCertificates, keys);
  const verify = (shown: Certificate, registered: object = {}) => {
    const x509 = new X509Certificate(shown.cert);
    const certificate = { x509, 'x5t#S256': thumbprintOf(shown), isVouchedFor: false };
    return method.verify({ clientId: 'app', certificate }, clientLike(registered));
  };
  return { verify, kids };
}

describe('RFC 8705 §2.2 self_signed_tls_client_auth', () => {
  it.each([
    ['its certificate', [withCertificate(app)], true],
    ['its key', [jwkOf(app)], true],
    ['one of its keys', [jwkOf(other), jwkOf(app)], true],
    ['another certificate', [withCertificate(other)], false],
    ['another key', [jwkOf(other)], false],
    ['another certificate of its key', [{ ...jwkOf(app), x5c: withCertificate(other).x5c! }], false],
    ['nothing', [], false],
  ])('RFC 8705 §2.2.2 knows a client by %s', async (_what, keys, expected) => {
    await expect(setUp(keys).verify(app)).resolves.toBe(expected);
  });

  it('refuses a certificate whose time is over', async () => {
    await expect(setUp([withCertificate(app)], [], false).verify(app)).resolves.toBe(false);
  });

  it('RFC 8705 §6.3 looks for a new certificate where the client publishes them, and only then', async () => {
    const published = { jwks_uri: 'https://app.example/jwks' };
    const renewed = setUp([withCertificate(other)], [withCertificate(app)]);
    await expect(renewed.verify(app, published)).resolves.toBe(true);
    expect(renewed.kids).toEqual([undefined, thumbprintOf(app)]);
    const known = setUp([withCertificate(app)], []);
    await expect(known.verify(app, published)).resolves.toBe(true);
    expect(known.kids).toEqual([undefined]);
  });
});

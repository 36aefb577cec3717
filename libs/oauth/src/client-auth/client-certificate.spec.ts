import { X509Certificate } from 'node:crypto';
import { type Certificate, CertificateAuthority, selfSigned, thumbprintOf } from '../../../../test/support/certificate';
import { USE } from '../../../../test/support/x509';
import { FixedClock } from '../../test/samples';
import { type CertifiedRequest, ClientCertificates } from './client-certificate';
import type { ClientCertificateOptions } from './client-certificate-options';

const authority = new CertificateAuthority('A');
const NOW = new Date();
const PROXY = '10.0.0.1';

function setUp(options: Partial<ClientCertificateOptions> = {}) {
  const clock = new FixedClock(NOW);
  const certificates = new ClientCertificates(
    {
      byListener: false,
      header: 'client-cert',
      isTrustedProxy: (address) => address === PROXY,
      authorities: () => [new X509Certificate(authority.cert)],
      ...options,
    },
    clock,
  );
  return { certificates, clock };
}

function request({ cert }: Certificate, remoteAddress = PROXY): CertifiedRequest {
  const value = `:${new X509Certificate(cert).raw.toString('base64')}:`;
  return { raw: { rawHeaders: ['Client-Cert', value], socket: { remoteAddress } } } as unknown as CertifiedRequest;
}

const subject = [['CN', 'app']] as const;

describe('RFC 8705 §7.5 the certificate of a request', () => {
  it('RFC 8705 §3.1 has a thumbprint', () => {
    const app = authority.issue({ subject });
    expect(setUp().certificates.of(request(app))).toMatchObject({ 'x5t#S256': thumbprintOf(app), isVouchedFor: true });
  });

  it('S-012 RFC 9440 §4 is not taken from a header of somebody who is no proxy', () => {
    expect(setUp().certificates.of(request(authority.issue({ subject }), '10.0.0.2'))).toBeUndefined();
    const without = setUp({ header: undefined, byListener: true });
    expect(without.certificates.of(request(authority.issue({ subject })))).toBeUndefined();
  });

  it('says whether certificates can arrive, and whether anybody could vouch for one', () => {
    const states = ({ areServed, haveAuthorities }: ClientCertificates) => [areServed, haveAuthorities];
    expect(states(setUp().certificates)).toEqual([true, true]);
    expect(states(setUp({ authorities: () => [] }).certificates)).toEqual([true, false]);
    expect(states(setUp({ header: undefined }).certificates)).toEqual([false, false]);
    expect(states(setUp({ header: undefined, byListener: true }).certificates)).toEqual([true, true]);
  });

  it.each<[string, () => Certificate, boolean]>([
    ['issued by an authority', () => authority.issue({ subject }), true],
    ['for clients', () => authority.issue({ subject, uses: [USE.server, USE.client] }), true],
    ['for servers alone', () => authority.issue({ subject, uses: [USE.server] }), false],
    ['of its own', () => selfSigned('app'), false],
    ['of another authority', () => new CertificateAuthority('B').issue({ subject }), false],
    ['of another authority of the same name', () => new CertificateAuthority('A').issue({ subject }), false],
    [
      'of somebody whom the authority vouches for',
      () => new CertificateAuthority('C', authority).issue({ subject }),
      false,
    ],
  ])('RFC 5280 §6.1 is it vouched for, %s: %#', (_what, issue, expected) => {
    expect(setUp().certificates.of(request(issue()))?.isVouchedFor).toBe(expected);
  });

  it('by a certificate that may not issue others it is not vouched for', () => {
    const leaf = selfSigned('app');
    const options = { authorities: () => [new X509Certificate(leaf.cert)] };
    expect(setUp(options).certificates.of(request(leaf))?.isVouchedFor).toBe(false);
  });

  it('RFC 5280 §6.1.3 is in time for as long as it says', () => {
    const { certificates, clock } = setUp();
    const validTo = new Date(NOW.getTime() + 60_000);
    const isInTime = (validFrom: Date) =>
      certificates.isInTime(certificates.of(request(authority.issue({ subject, validFrom, validTo })))!);
    const earlier = new Date(NOW.getTime() - 60_000);
    expect(isInTime(earlier)).toBe(true);
    expect(isInTime(new Date(NOW.getTime() + 30_000))).toBe(false);
    clock.forward(61);
    expect(isInTime(earlier)).toBe(false);
  });

  it('an authority whose time is over vouches for nobody', () => {
    const { certificates, clock } = setUp();
    clock.forward(2 * 86_400);
    const validTo = new Date(NOW.getTime() + 30 * 86_400_000);
    expect(certificates.of(request(authority.issue({ subject, validTo })))?.isVouchedFor).toBe(false);
  });
});

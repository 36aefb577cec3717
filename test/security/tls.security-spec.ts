import { createServer } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TlsListener } from '../../apps/idp/src/tls/tls-listener';
import { type Certificate, CertificateAuthority, selfSigned } from '../support/certificate';
import { newServerCertificate, TlsIdp } from '../support/tls-idp';
import { probeTls } from '../support/tls-probe';
import { speak } from '../support/wire';

const SUITES = ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'];
/** What BCP 195 does not allow, and Node can offer. */
const REFUSED = [
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA256',
  'ECDHE-RSA-AES256-SHA384',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'DHE-RSA-AES128-GCM-SHA256',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
];
const OLD = { ciphers: 'DEFAULT:@SECLEVEL=0' };

describe('the TLS of the server itself', () => {
  let tls: TlsIdp;

  beforeAll(async () => {
    tls = await TlsIdp.start();
  });
  afterAll(() => tls?.close());

  const probe = (options = {}) => probeTls(tls.idp.origin, options);
  const suite = (ciphers: string) => probe({ ciphers, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
  const fingerprint = ({ cert }: Certificate) => new X509Certificate(cert).fingerprint256;

  it('S-001 RFC 9325 §3.1.1 TLS 1.3 comes first, 1.2 after it, and nothing older', async () => {
    expect((await probe())?.version).toBe('TLSv1.3');
    expect((await probe({ maxVersion: 'TLSv1.2' }))?.version).toBe('TLSv1.2');
    for (const version of ['TLSv1', 'TLSv1.1']) {
      expect(await probe({ minVersion: version, maxVersion: version, ...OLD })).toBeUndefined();
    }
  });

  it.each(SUITES)(
    'RFC 9325 §4.2 fapi2-security-profile-final-ensure-holder-of-key-required TLS 1.2 with %s',
    async (name) => {
      expect(await suite(name)).toMatchObject({ version: 'TLSv1.2', cipher: name });
    },
  );

  it.each(REFUSED)(
    'RFC 9325 §4.2 fapi2-security-profile-final-ensure-holder-of-key-required not with %s',
    async (name) => {
      expect(await suite(name)).toBeUndefined();
    },
  );

  it('a probe of what is refused would succeed where it is not', async () => {
    const { key, cert } = newServerCertificate();
    const server = createServer({ key, cert, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }).listen(
      0,
      '127.0.0.1',
    );
    await once(server, 'listening');
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await probeTls(origin, { maxVersion: 'TLSv1', ...OLD, minVersion: 'TLSv1' }))?.version).toBe('TLSv1');
    expect((await probeTls(origin, { maxVersion: 'TLSv1.2', ciphers: REFUSED[0] }))?.cipher).toBe(REFUSED[0]);
    await new Promise((resolve) => server.close(resolve));
  });

  it('S-001 S-008 RFC 6797 §7.2 an answer over it holds the browser to https', async () => {
    const answer = await tls.fetchWith()(`${tls.idp.origin}/health/live`);
    expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=63072000/);
    expect(answer.status).toBe(200);
  });

  it('OAuth 2.1 §1.5 S-001 what comes in clear is not answered', async () => {
    const heard = await speak(tls.idp.origin, 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(heard).not.toContain('HTTP/');
  });

  it('anybody may show any certificate, and is served as before', async () => {
    for (const certificate of [selfSigned('x'), new CertificateAuthority('B').issue({ subject: [['CN', 'x']] })]) {
      expect((await tls.fetchWith(certificate)(`${tls.idp.origin}/health/live`)).status).toBe(200);
    }
  });

  describe('a certificate that is renewed', () => {
    const listener = (): TlsListener => tls.idp.get(TlsListener);

    it('is in use at once, without a restart', async () => {
      const renewed = newServerCertificate();
      expect((await probe())?.fingerprint).toBe(fingerprint(tls.server));
      await tls.replace({ 'tls.crt': renewed.cert, 'tls.key': renewed.key });
      listener().reload();
      expect((await probe())?.fingerprint).toBe(fingerprint(renewed));
      expect((await suite(SUITES[0]!))?.cipher).toBe(SUITES[0]);
      expect(await suite(REFUSED[0]!)).toBeUndefined();
    });

    it('is found by the server itself', async () => {
      const renewed = newServerCertificate();
      await tls.replace({ 'tls.crt': renewed.cert, 'tls.key': renewed.key });
      let seen: string | undefined;
      for (let time = 0; time < 100 && seen !== fingerprint(renewed); time += 1) {
        seen = (await probe())?.fingerprint;
        await sleep(100);
      }
      expect(seen).toBe(fingerprint(renewed));
    });

    it.each<[string, object]>([
      ['no certificate', { 'tls.crt': 'nonsense' }],
      ['half of a pair', { 'tls.crt': newServerCertificate().cert }],
      ['no authority', { 'clients.crt': '' }],
    ])('stays as it was where there is %s', async (_what, broken) => {
      const good = newServerCertificate();
      await tls.replace({ 'tls.crt': good.cert, 'tls.key': good.key, 'clients.crt': tls.authority.cert });
      listener().reload();
      await tls.replace(broken);
      listener().reload();
      expect((await probe())?.fingerprint).toBe(fingerprint(good));
    });
  });
});

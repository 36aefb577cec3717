import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CertificateAuthority, selfSigned } from '../../../../test/support/certificate';
import { readEnvironment } from './env';
import { within } from './networks';
import { EnvironmentError } from './variable';

const folder = mkdtempSync(join(tmpdir(), 'idp-tls-env-'));
const MASTER_KEY = Buffer.alloc(32, 1).toString('base64');

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const own = selfSigned('localhost');
const cert = file('own.crt', own.cert);
const key = file('own.key', own.key);
const otherKey = file('other.key', selfSigned('localhost').key);
const clientCa = file('ca.crt', new CertificateAuthority('A').cert + new CertificateAuthority('B').cert);
const nonsense = file('nonsense', 'nonsense');

const read = (environment: Record<string, string>) => readEnvironment({ MASTER_KEY, DATA_DIR: folder, ...environment });

function problemsOf(environment: Record<string, string>): string[] {
  try {
    read(environment);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.problems.map((problem) => problem.split(':')[0]!);
  }
}

describe('the variables of TLS', () => {
  it('RFC 9325 §3.1.1, §4.2 make a listener of TLS 1.2 and 1.3 whose public URL is https', () => {
    const { tls, publicUrl } = read({ TLS_CERT: cert, TLS_KEY: key, TLS_CLIENT_CA: clientCa, PORT: '8443' });
    expect(publicUrl.href).toBe('https://localhost:8443/');
    expect(tls.secure).toMatchObject({ cert: own.cert, key: own.key, minVersion: 'TLSv1.2' });
    expect(tls.authorities.map(({ subject }) => subject)).toEqual(['CN=A', 'CN=B']);
  });

  it('RFC 8705 §7.5 nobody vouches for a client unless somebody was named', () => {
    expect(read({ TLS_CERT: cert, TLS_KEY: key }).tls.secure?.ca).toEqual([]);
    expect(read({}).tls).toMatchObject({ secure: undefined, authorities: [] });
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      'files that are not there',
      { TLS_CERT: '/none', TLS_KEY: '/none', TLS_CLIENT_CA: '/none' },
      ['TLS_CERT', 'TLS_KEY', 'TLS_CLIENT_CA'],
    ],
    [
      'files of something else',
      { TLS_CERT: nonsense, TLS_KEY: nonsense, TLS_CLIENT_CA: nonsense },
      ['TLS_CERT', 'TLS_KEY', 'TLS_CLIENT_CA'],
    ],
    ['a certificate for a key', { TLS_CERT: key, TLS_KEY: cert }, ['TLS_CERT', 'TLS_KEY']],
    ['a certificate alone', { TLS_CERT: cert }, ['TLS_KEY']],
    ['a key alone', { TLS_KEY: key }, ['TLS_CERT']],
    ['a pair that is none', { TLS_CERT: cert, TLS_KEY: otherKey }, ['TLS_KEY']],
    ['a public URL in clear', { TLS_CERT: cert, TLS_KEY: key, PUBLIC_URL: 'http://id.example' }, ['PUBLIC_URL']],
    ['a header that nobody may set', { TLS_CLIENT_CERT_HEADER: 'client-cert' }, ['TRUSTED_PROXIES']],
    [
      'a header that is none of ours',
      { TLS_CLIENT_CERT_HEADER: 'x-client-cert', TRUSTED_PROXIES: '::1' },
      ['TLS_CLIENT_CERT_HEADER'],
    ],
    ['a place for certificates that cannot arrive', { MTLS_PUBLIC_URL: 'https://mtls.example' }, ['MTLS_PUBLIC_URL']],
    [
      'that place in clear',
      { MTLS_PUBLIC_URL: 'http://mtls.example', TLS_CERT: cert, TLS_KEY: key },
      ['MTLS_PUBLIC_URL'],
    ],
    [
      'that place where browsers go',
      { MTLS_PUBLIC_URL: 'https://id.example', PUBLIC_URL: 'https://id.example', TLS_CERT: cert, TLS_KEY: key },
      ['MTLS_PUBLIC_URL'],
    ],
  ])('name %s', (_what, environment, names) => {
    expect(problemsOf(environment)).toEqual(names);
  });
});

describe('S-012 the networks of trusted proxies', () => {
  const isTrusted = within(['10.0.0.0/8', '192.0.2.7', 'fd00::/8', '::1']);

  it.each([
    ['10.1.2.3', true],
    ['::ffff:10.1.2.3', true],
    ['192.0.2.7', true],
    ['fd12::1', true],
    ['::1', true],
    ['11.0.0.1', false],
    ['192.0.2.8', false],
    ['fe80::1', false],
    ['', false],
    ['proxy.example', false],
  ])('%j: %s', (address, expected) => expect(isTrusted(address)).toBe(expected));
});

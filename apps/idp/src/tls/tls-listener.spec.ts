import { Logger } from '@nestjs/common';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CertificateAuthority, selfSigned } from '../../../../test/support/certificate';
import { TlsFiles } from './tls-files';
import { TlsListener } from './tls-listener';

const folder = mkdtempSync(join(tmpdir(), 'idp-tls-files-'));
const at = (name: string): string => join(folder, name);
const write = (name: string, text: string): void => writeFileSync(at(name), text);

function files(): TlsFiles {
  const { cert, key } = selfSigned('localhost');
  write('crt', cert);
  write('key', key);
  write('ca', new CertificateAuthority('A').cert);
  return new TlsFiles({ cert: at('crt'), key: at('key'), clientCa: at('ca') });
}

describe('certificates that are renewed', () => {
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('RFC 9325 §4.2 are taken up together, and only when something has changed', () => {
    const tls = files();
    expect(tls.reload()).toBe(false);
    const next = selfSigned('localhost');
    write('crt', next.cert);
    expect(() => tls.reload()).toThrow('is not the key of the certificate');
    expect(tls.secure?.cert).not.toBe(next.cert);
    write('key', next.key);
    expect(tls.reload()).toBe(true);
    expect(tls.secure).toMatchObject(next);
    write('ca', new CertificateAuthority('B').cert);
    expect(tls.reload()).toBe(true);
    expect(tls.authorities.map(({ subject }) => subject)).toEqual(['CN=B']);
  });

  it('are complained of once where they are broken, and again when that has changed', () => {
    const error = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    const log = jest.spyOn(Logger.prototype, 'log').mockImplementation();
    const listener = new TlsListener(files());
    const told = () => [log.mock.calls.length, error.mock.calls.length];
    listener.reload();
    expect(told()).toEqual([0, 0]);
    write('crt', 'nonsense');
    listener.reload();
    listener.reload();
    expect(told()).toEqual([0, 1]);
    expect(String(error.mock.calls[0])).not.toContain('nonsense');
    rmSync(at('key'));
    listener.reload();
    expect(told()).toEqual([0, 2]);
    const { cert, key } = selfSigned('localhost');
    write('crt', cert);
    write('key', key);
    listener.reload();
    expect(told()).toEqual([1, 2]);
  });
});

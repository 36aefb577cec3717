import { X509Certificate } from 'node:crypto';
import { selfIssued } from '../../../../test/support/certificate';
import type { CertificateContent } from '../../../../test/support/x509';
import { alternativeNamesOf, subjectOf } from './certificate-names';
import { isSameName, parseDistinguishedName } from './distinguished-name';

const made = (content: CertificateContent) => new X509Certificate(selfIssued(content).cert);

describe('RFC 5280 §4.1.2.6, §4.2.1.6 whom a certificate names', () => {
  it.each<[CertificateContent['subject'], string]>([
    [
      [
        ['C', 'GB'],
        ['O', 'Acme'],
        ['CN', 'app'],
      ],
      'CN=app,O=Acme,C=GB',
    ],
    [
      [
        ['O', 'Sue, Grabbit + Runn'],
        ['CN', 'Lučić'],
      ],
      'CN=Lučić,O=Sue\\, Grabbit \\+ Runn',
    ],
    [
      [
        ['DC', 'example'],
        ['DC', 'acme'],
      ],
      'DC=acme,DC=example',
    ],
    [
      [
        ['jurisdiction', 'BR'],
        ['CN', 'bank'],
      ],
      'CN=bank,1.3.6.1.4.1.311.60.2.1.3=#13024252',
    ],
    [[['CN', 'a\nO=b']], 'CN=a\\0aO=b'],
  ])('the subject %j', (subject, text) => {
    expect(isSameName(subjectOf(made({ subject })), parseDistinguishedName(text)!)).toBe(true);
  });

  it('a line break in a name is not another name', () => {
    const subject = subjectOf(made({ subject: [['CN', 'a\nO=b']] }));
    expect(isSameName(subject, parseDistinguishedName('O=b,CN=a')!)).toBe(false);
    expect(isSameName(subject, parseDistinguishedName('CN=a,O=b')!)).toBe(false);
  });

  it('its other names, as they are', () => {
    const content: CertificateContent = {
      subject: [['CN', 'app']],
      hosts: ['app.example', 'x, DNS:evil.example'],
      uris: ['urn:acme:app'],
      emails: ['Ops@app.example'],
      addresses: [
        [192, 0, 2, 1],
        [32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
      ],
    };
    expect(alternativeNamesOf(made(content))).toEqual({
      hosts: content.hosts,
      uris: content.uris,
      emails: content.emails,
      addresses: content.addresses!.map((bytes) => Buffer.from(bytes)),
    });
  });

  it('none where it has none', () => {
    const none = { hosts: [], uris: [], emails: [], addresses: [] };
    expect(alternativeNamesOf(made({ subject: [['CN', 'app']] }))).toEqual(none);
    expect(alternativeNamesOf(made({ subject: [['CN', 'app']], isAuthority: true }))).toEqual(none);
  });
});

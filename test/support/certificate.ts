import { X509Certificate } from 'node:crypto';
import { certify, type CertificateContent, type Issuer, type KeyPair, nameOf, newKeyPair } from './x509';

export interface Certificate {
  /** PEM */
  key: string;
  /** PEM */
  cert: string;
}

/** A certificate (RFC 5280 §4.1) that vouches for itself, for a day and for these names. */
export function selfSigned(...names: [string, ...string[]]): Certificate {
  return selfIssued({ subject: [['CN', names[0]]], hosts: names });
}

export function selfIssued(content: CertificateContent, pair: KeyPair = newKeyPair()): Certificate {
  return { key: pem(pair), cert: certify(content, pair) };
}

/** Somebody who vouches for the certificates of others. */
export class CertificateAuthority {
  private readonly pair = newKeyPair();
  private readonly issuer: Issuer;
  /** PEM */
  readonly cert: string;

  constructor(name: string, by?: CertificateAuthority) {
    const subject = [['CN', name]] as const;
    this.issuer = { name: nameOf(subject), key: this.pair.privateKey };
    this.cert = certify({ subject, isAuthority: true }, this.pair, by?.issuer);
  }

  issue(content: CertificateContent, pair: KeyPair = newKeyPair()): Certificate {
    return { key: pem(pair), cert: certify(content, pair, this.issuer) };
  }
}

/** RFC 8705 §3.1, as its own words have it: of the DER. */
export function thumbprintOf({ cert }: Certificate): string {
  const { fingerprint256 } = new X509Certificate(cert);
  return Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
}

function pem({ privateKey }: KeyPair): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

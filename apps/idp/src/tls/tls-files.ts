/** @spec RFC 9325 §3.1.1, §4.2 — TLS 1.2 with forward secrecy and AEAD only, 1.3 before it, nothing older. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';

/** Where the files are; those of the listener go together. */
export interface TlsPaths {
  readonly cert?: string;
  readonly key?: string;
  readonly clientCa?: string;
}

interface Material {
  readonly texts: readonly (string | undefined)[];
  readonly secure: SecureContextOptions | undefined;
  readonly authorities: readonly X509Certificate[];
}

const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
];
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The operator's certificates as they were when they were last good. */
export class TlsFiles {
  private material: Material;

  /** Throws what is wrong with the files. */
  constructor(private readonly paths: TlsPaths) {
    this.material = compose(this.read());
  }

  /** Of the listener; undefined when the server does not speak TLS itself. */
  get secure(): SecureContextOptions | undefined {
    return this.material.secure;
  }

  /** Who vouches for the certificates of clients. */
  get authorities(): readonly X509Certificate[] {
    return this.material.authorities;
  }

  /** True when there is something new. Throws, and keeps what it has, when the new files are not usable. */
  reload(): boolean {
    const texts = this.read();
    if (texts.every((text, index) => text === this.material.texts[index])) return false;
    this.material = compose(texts);
    return true;
  }

  private read(): Material['texts'] {
    const { cert, key, clientCa } = this.paths;
    return [cert, key, clientCa].map((path) => (path === undefined ? undefined : readFileSync(path, 'utf8')));
  }
}

/** Of a text in PEM; throws when it holds none, or one that cannot be read. */
export function certificatesOf(pem: string): X509Certificate[] {
  const found = [...pem.matchAll(CERTIFICATE)].map(([each]) => new X509Certificate(each));
  if (found.length === 0) throw new Error('holds no certificate in PEM');
  return found;
}

function compose(texts: Material['texts']): Material {
  const [cert, key, clientCa] = texts;
  const authorities = clientCa === undefined ? [] : certificatesOf(clientCa);
  if (cert === undefined || key === undefined) return { texts, authorities, secure: undefined };
  if (!certificatesOf(cert)[0]!.checkPrivateKey(createPrivateKey(key))) {
    throw new Error('is not the key of the certificate');
  }
  const secure: SecureContextOptions = {
    cert,
    key,
    // Never undefined: Node would take the authorities of the web for it, and anybody's certificate would do.
    ca: authorities.map(String),
    allowPartialTrustChain: true,
    minVersion: 'TLSv1.2',
    ciphers: CIPHERS.join(':'),
    honorCipherOrder: true,
  };
  createSecureContext(secure);
  return { texts, authorities, secure };
}

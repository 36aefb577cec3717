import { Injectable } from '@nestjs/common';
import { type Client, ClientKeys } from '@tokenidp/clients';
import { isSamePublicKey } from '@tokenidp/kernel';
import type { JWK } from 'jose';
import { createPublicKey, type X509Certificate } from 'node:crypto';
import { readCertificate } from './certificate-credential';
import { ClientCertificates } from './client-certificate';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';

/** @spec RFC 8705 §2.2 — nobody vouches for the certificate: the client has registered it, or the key that is in it. */
@Injectable()
export class SelfSignedTlsClientAuth implements ClientAuthMethod {
  readonly name = 'self_signed_tls_client_auth';
  readonly isNamedOnly = true;

  constructor(
    private readonly certificates: ClientCertificates,
    private readonly keys: ClientKeys,
  ) {}

  get isServed(): boolean {
    return this.certificates.areServed;
  }

  read(request: ClientAuthRequest): PresentedCredential | null {
    return readCertificate(request);
  }

  async verify({ certificate }: PresentedCredential, client: Client): Promise<boolean> {
    if (!certificate || !this.certificates.isInTime(certificate)) return false;
    const isRegistered = (key: JWK): boolean => isOf(key, certificate.x509);
    if ((await this.keys.keys(client)).keys.some(isRegistered)) return true;
    if (client.jwks_uri === undefined) return false;
    // Under a name that no key has, the set is fetched again if it may be: the certificate could be a new one.
    return (await this.keys.keys(client, certificate['x5t#S256'])).keys.some(isRegistered);
  }
}

/** §2.2.2: where the key comes with a certificate, it is that one; else any that is of the key. */
function isOf(key: JWK, { raw, publicKey }: X509Certificate): boolean {
  const [registered] = key.x5c ?? [];
  if (registered !== undefined) return Buffer.from(registered, 'base64').equals(raw);
  return isSamePublicKey(createPublicKey({ key, format: 'jwk' }), publicKey);
}

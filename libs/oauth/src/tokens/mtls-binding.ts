/** @spec RFC 8705 §3, §3.4 — a token that is bound to the certificate of its client's connections (S-117). */
import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import { type CertifiedRequest, ClientCertificates } from '../client-auth/client-certificate';
import type { Confirmation } from './confirmation';

@Injectable()
export class MtlsBinding {
  constructor(private readonly certificates: ClientCertificates) {}

  /** What a token request of the client binds to: undefined for a client whose tokens are not bound to certificates. */
  confirm(client: Client, request: CertifiedRequest): Confirmation | undefined {
    if (client.tls_client_certificate_bound_access_tokens !== true) return undefined;
    const proven = this.proven(request);
    if (!proven) throw new OAuthError('invalid_request', 'the client has to show a certificate');
    return proven;
  }

  /** The certificate that the connection has proven; one that is not in time proves nothing. */
  proven(request: CertifiedRequest): Confirmation | undefined {
    const certificate = this.certificates.of(request);
    if (!certificate || !this.certificates.isInTime(certificate)) return undefined;
    return { 'x5t#S256': certificate['x5t#S256'] };
  }
}

/** @spec RFC 8705 §7.5, RFC 9440 §4 — whose word counts, of what certificate a client has shown. */
import type { X509Certificate } from 'node:crypto';

/** Where a proxy puts the certificate of a client (RFC 9440 §2.1, nginx, Envoy). */
export type ClientCertificateHeader = 'client-cert' | 'x-ssl-client-cert' | 'x-forwarded-client-cert';

/** How certificates of clients arrive; the application provides it. */
export abstract class ClientCertificateOptions {
  /** True when connections themselves may bring one. */
  abstract readonly byListener: boolean;
  abstract readonly header: ClientCertificateHeader | undefined;
  /** True for the address of a proxy whose headers count. */
  abstract readonly isTrustedProxy: (address: string) => boolean;
  /** Who vouches for clients of `tls_client_auth`, as it is now. */
  abstract readonly authorities: () => readonly X509Certificate[];
}

/** @spec RFC 8705 §2, §7.5, RFC 9440 §4 — the certificate of whoever sent a request, from the connection or a trusted proxy. */
import { Injectable } from '@nestjs/common';
import { Clock } from '@tokenidp/kernel';
import type { FastifyRequest } from 'fastify';
import { createHash, X509Certificate } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import { certificateOfHeader } from './client-certificate-header';
import { ClientCertificateOptions } from './client-certificate-options';

/** What the connection proved: that the sender has the certificate's private key. */
export interface ClientCertificate {
  readonly x509: X509Certificate;
  /** RFC 8705 §3.1 */
  readonly 'x5t#S256': string;
  /** True when one of the configured authorities vouches for it. */
  readonly isVouchedFor: boolean;
}

/** A request as far as it tells of certificates. */
export type CertifiedRequest = Pick<FastifyRequest, 'raw'>;

const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2';
const ANY_USE = '2.5.29.37.0';
const BROKEN_HASH = /sha1|md5/i;

@Injectable()
export class ClientCertificates {
  private readonly ofSockets = new WeakMap<TLSSocket, ClientCertificate>();

  constructor(
    private readonly options: ClientCertificateOptions,
    private readonly clock: Clock,
  ) {}

  /** True when certificates can arrive at all. */
  get areServed(): boolean {
    return this.options.byListener || this.options.header !== undefined;
  }

  /** True when somebody could vouch for one. */
  get haveAuthorities(): boolean {
    return this.areServed && this.options.authorities().length > 0;
  }

  /** Undefined when the request came without one. Throws `invalid_request` when a proxy hands on what is none. */
  of({ raw }: CertifiedRequest): ClientCertificate | undefined {
    if (!this.areServed) return undefined;
    const { header, isTrustedProxy } = this.options;
    // A trusted proxy may have a certificate of its own towards us; it never stands for the client's.
    if (header !== undefined && isTrustedProxy(raw.socket.remoteAddress ?? '')) {
      const x509 = certificateOfHeader(header, raw.rawHeaders);
      return x509 && described(x509, this.isIssued(x509));
    }
    return raw.socket instanceof TLSSocket ? this.ofSocket(raw.socket) : undefined;
  }

  /** RFC 5280 §6.1.3: at this moment the certificate is neither expired nor of the future. */
  isInTime({ x509 }: ClientCertificate): boolean {
    const now = this.clock.now();
    return x509.validFromDate <= now && now <= x509.validToDate;
  }

  /** The connection is of one client for all of its requests. */
  private ofSocket(socket: TLSSocket): ClientCertificate | undefined {
    const known = this.ofSockets.get(socket);
    if (known) return known;
    const x509 = socket.getPeerX509Certificate();
    if (!x509) return undefined;
    const found = described(x509, socket.authorized && this.options.authorities().length > 0);
    this.ofSockets.set(socket, found);
    return found;
  }

  /** The proxy ended the connection, so the issuer's signature is looked at here: by a configured authority itself. */
  private isIssued(x509: X509Certificate): boolean {
    const uses = x509.keyUsage as readonly string[] | undefined;
    if (uses && !uses.includes(CLIENT_AUTHENTICATION) && !uses.includes(ANY_USE)) return false;
    if (BROKEN_HASH.test(x509.signatureAlgorithm ?? '')) return false;
    const now = this.clock.now();
    return this.options
      .authorities()
      .some(
        (each) =>
          each.ca &&
          each.validFromDate <= now &&
          now <= each.validToDate &&
          x509.checkIssued(each) &&
          x509.verify(each.publicKey),
      );
  }
}

function described(x509: X509Certificate, isVouchedFor: boolean): ClientCertificate {
  const thumbprint = createHash('sha256').update(x509.raw).digest('base64url');
  return { x509, 'x5t#S256': thumbprint, isVouchedFor };
}

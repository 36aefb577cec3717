import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { alternativeNamesOf, isSameName, parseDistinguishedName, subjectOf } from '@tokenidp/kernel';
import ipaddr from 'ipaddr.js';
import type { X509Certificate } from 'node:crypto';
import { readCertificate } from './certificate-credential';
import { ClientCertificates } from './client-certificate';
import type { ClientAuthMethod, ClientAuthRequest, PresentedCredential } from './client-auth-method';

/** @spec RFC 8705 §2.1 — an authority vouches for the certificate, and it names the subject that the client registered. */
@Injectable()
export class TlsClientAuth implements ClientAuthMethod {
  readonly name = 'tls_client_auth';
  readonly isNamedOnly = true;

  constructor(private readonly certificates: ClientCertificates) {}

  get isServed(): boolean {
    return this.certificates.haveAuthorities;
  }

  read(request: ClientAuthRequest): PresentedCredential | null {
    return readCertificate(request);
  }

  verify({ certificate }: PresentedCredential, client: Client): boolean {
    if (!certificate?.isVouchedFor || !this.certificates.isInTime(certificate)) return false;
    return names(certificate.x509, client);
  }
}

/** S-187 does not apply: what is compared is public. */
function names(x509: X509Certificate, client: Client): boolean {
  const { tls_client_auth_subject_dn: subject } = client;
  if (subject !== undefined) {
    const registered = parseDistinguishedName(subject);
    return registered !== undefined && isSameName(registered, subjectOf(x509));
  }
  return namesOtherwise(x509, client);
}

/** RFC 5280 §7.2, §7.5: hosts have no case; of an address, the part before the @ has. */
function namesOtherwise(x509: X509Certificate, client: Client): boolean {
  const names = alternativeNamesOf(x509);
  const {
    tls_client_auth_san_dns: host,
    tls_client_auth_san_uri: uri,
    tls_client_auth_san_ip: address,
    tls_client_auth_san_email: email,
  } = client;
  if (host !== undefined) return names.hosts.some((each) => each.toLowerCase() === host.toLowerCase());
  if (uri !== undefined) return names.uris.includes(uri);
  if (email !== undefined) return names.emails.some((each) => mailbox(each) === mailbox(email));
  if (address === undefined) return false;
  const bytes = Buffer.from(ipaddr.parse(address).toByteArray());
  return names.addresses.some((each) => bytes.equals(each));
}

function mailbox(email: string): string {
  const at = email.lastIndexOf('@');
  return email.slice(0, at) + email.slice(at).toLowerCase();
}

/**
 * @spec RFC 9440 §2.1, §2.2 — a certificate as a proxy hands it on, in one of three forms. What can be read in two
 * ways is refused.
 */
import { OAuthError } from '@tokenidp/kernel';
import { X509Certificate } from 'node:crypto';
import type { ClientCertificateHeader } from './client-certificate-options';

const BINARY = /^:([A-Za-z0-9+/]+={0,2}):$/;
const PEM = /^-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*$/;
/** One `name=value` of an Envoy element; a value with a separator in it is quoted. */
const PAIR = /([A-Za-z]+)=("(?:[^"\\]|\\.)*"|[^";,]*)(;|,|$)/y;

/** The certificate in the header; undefined when there is none. Throws `invalid_request` when it is no certificate. */
export function certificateOfHeader(
  form: ClientCertificateHeader,
  rawHeaders: readonly string[],
): X509Certificate | undefined {
  const values = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]!.toLowerCase() === form);
  if (values.length > 1) throw malformed();
  const value = values[0]?.trim();
  if (!value) return undefined;
  const encoded = READERS[form](value);
  if (encoded === undefined) throw malformed();
  try {
    return new X509Certificate(encoded);
  } catch {
    throw malformed();
  }
}

const READERS: Readonly<Record<ClientCertificateHeader, (value: string) => Buffer | string | undefined>> = {
  'client-cert': (value) => {
    const [, encoded] = BINARY.exec(value) ?? [];
    return encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
  },
  'x-ssl-client-cert': escapedPem,
  'x-forwarded-client-cert': (value) => escapedPem(envoyMembers(value)?.get('cert')),
};

/** PEM as a URL would have it; one certificate alone. */
function escapedPem(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    const pem = decodeURIComponent(value);
    return PEM.test(pem) ? pem : undefined;
  } catch {
    return undefined;
  }
}

/** Of the one element; a second one would come from a proxy before, or from anybody. */
function envoyMembers(value: string): Map<string, string> | undefined {
  const members = new Map<string, string>();
  PAIR.lastIndex = 0;
  while (PAIR.lastIndex < value.length) {
    const [, name, quoted, separator] = PAIR.exec(value) ?? [];
    const key = name?.toLowerCase();
    if (key === undefined || separator === ',' || (key === 'cert' && members.has(key))) return undefined;
    members.set(key, quoted!.startsWith('"') ? quoted!.slice(1, -1).replace(/\\(.)/g, '$1') : quoted!);
  }
  return members;
}

function malformed(): OAuthError {
  return new OAuthError('invalid_request', 'the client certificate is malformed');
}

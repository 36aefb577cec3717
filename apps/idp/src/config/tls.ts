import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { certificatesOf, TlsFiles } from '../tls/tls-files';
import { oneOf, publicUrl } from './parsers';
import { attempt, type Values, variables } from './variable';

/** How the server comes to know certificates: its own, and those of clients. */
export const TLS_VARIABLES = variables({
  tlsCert: {
    name: 'TLS_CERT',
    description:
      'A file with the certificate (PEM, its chain below it) with which the server itself speaks https. A renewed file is taken up without a restart.',
    example: '/etc/tokenidp/tls.crt',
    parse: certificateFile,
  },
  tlsKey: {
    name: 'TLS_KEY',
    description: 'A file with the private key (PEM) of that certificate.',
    example: '/etc/tokenidp/tls.key',
    parse: keyFile,
  },
  tlsClientCa: {
    name: 'TLS_CLIENT_CA',
    description:
      'A file with the certificates (PEM) of those who vouch for clients of tls_client_auth: each of them may have issued a client’s certificate.',
    example: '/etc/tokenidp/clients.crt',
    parse: certificateFile,
  },
  tlsClientCertHeader: {
    name: 'TLS_CLIENT_CERT_HEADER',
    description:
      'Where a proxy of TRUSTED_PROXIES puts the certificate of a client: client-cert (RFC 9440), x-ssl-client-cert (nginx, $ssl_client_escaped_cert) or x-forwarded-client-cert (Envoy). The proxy has to drop the header that a client sends.',
    default: 'none',
    parse: oneOf('client-cert', 'x-ssl-client-cert', 'x-forwarded-client-cert'),
  },
  mtlsPublicUrl: {
    name: 'MTLS_PUBLIC_URL',
    description:
      'Another URL of the server, for clients that show a certificate (mtls_endpoint_aliases), so that browsers at PUBLIC_URL need not be asked for one.',
    example: 'https://mtls.id.example.com',
    parse: httpsUrl,
  },
});

type TlsValues = Values<typeof TLS_VARIABLES>;

interface Surroundings {
  readonly publicUrl?: URL;
  readonly trustedProxies?: readonly string[];
}

export function tlsProblems(values: TlsValues & Surroundings): string[] {
  const { tlsCert, publicUrl, tlsClientCertHeader: header, trustedProxies } = values;
  return [
    ...pairProblems(values),
    tlsCert && publicUrl?.protocol === 'http:' && 'PUBLIC_URL: must begin with https:// with TLS_CERT',
    header && !trustedProxies?.length && 'TRUSTED_PROXIES: is needed with TLS_CLIENT_CERT_HEADER',
    ...mtlsProblems(values),
  ].filter((problem) => typeof problem === 'string');
}

function pairProblems({ tlsCert, tlsKey }: TlsValues) {
  return [
    tlsCert && !tlsKey && 'TLS_KEY: is needed with TLS_CERT',
    tlsKey && !tlsCert && 'TLS_CERT: is needed with TLS_KEY',
  ];
}

function mtlsProblems({ mtlsPublicUrl, publicUrl, tlsCert, tlsClientCertHeader }: TlsValues & Surroundings) {
  if (!mtlsPublicUrl) return [];
  const isReachable = tlsCert !== undefined || tlsClientCertHeader !== undefined;
  return [
    mtlsPublicUrl.host === publicUrl?.host && 'MTLS_PUBLIC_URL: must have another host or port than PUBLIC_URL',
    !isReachable && 'MTLS_PUBLIC_URL: needs TLS_CERT or TLS_CLIENT_CERT_HEADER, by which certificates arrive',
  ];
}

/** Undefined, and a problem more, when the files, good each by itself, do not go together. */
export function tlsFiles({ tlsCert, tlsKey, tlsClientCa }: TlsValues, problems: string[]): TlsFiles | undefined {
  return attempt('TLS_KEY', () => new TlsFiles({ cert: tlsCert, key: tlsKey, clientCa: tlsClientCa }), problems);
}

function httpsUrl(value: string): URL {
  const url = publicUrl(value);
  if (url.protocol !== 'https:') throw new Error('must begin with https://');
  return url;
}

function certificateFile(path: string): string {
  certificatesOf(contentOf(path));
  return path;
}

function keyFile(path: string): string {
  const pem = contentOf(path);
  try {
    createPrivateKey(pem);
  } catch {
    throw new Error('holds no private key in PEM that is not encrypted');
  }
  return path;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error('names a file that cannot be read');
  }
}

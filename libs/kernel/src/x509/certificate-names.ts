/** @spec RFC 5280 §4.1.2.6, §4.2.1.6 — who a certificate says its subject is, byte by byte: the printed form is for people. */
import type { X509Certificate } from 'node:crypto';
import { derOid, type DerValue, readDer } from './der';
import { type DistinguishedName, readDistinguishedName } from './distinguished-name';

/** Other names of a subject (GeneralName), as they are in the certificate. */
export interface AlternativeNames {
  readonly emails: readonly string[];
  readonly hosts: readonly string[];
  readonly uris: readonly string[];
  /** four or sixteen bytes each */
  readonly addresses: readonly Buffer[];
}

const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const SUBJECT_ALT_NAME = '2.5.29.17';
const GENERAL_NAME = { email: 0x81, host: 0x82, uri: 0x86, address: 0x87 } as const;

export function subjectOf(certificate: X509Certificate): DistinguishedName {
  const [, , , , subject] = fieldsOf(certificate).filter(({ tag }) => tag !== VERSION);
  return readDistinguishedName(subject!.content);
}

export function alternativeNamesOf(certificate: X509Certificate): AlternativeNames {
  const names = generalNames(certificate);
  const bytes = (wanted: number) => names.filter(({ tag }) => tag === wanted).map(({ content }) => content);
  const texts = (wanted: number) => bytes(wanted).map((content) => content.toString('latin1'));
  return {
    emails: texts(GENERAL_NAME.email),
    hosts: texts(GENERAL_NAME.host),
    uris: texts(GENERAL_NAME.uri),
    addresses: bytes(GENERAL_NAME.address),
  };
}

function generalNames(certificate: X509Certificate): DerValue[] {
  const extensions = fieldsOf(certificate).find(({ tag }) => tag === EXTENSIONS);
  if (!extensions) return [];
  for (const { content } of readDer(readDer(extensions.content)[0]!.content)) {
    const parts = readDer(content);
    if (derOid(parts[0]!.content) !== SUBJECT_ALT_NAME) continue;
    return readDer(readDer(parts.at(-1)!.content)[0]!.content);
  }
  return [];
}

/** The members of TBSCertificate. */
function fieldsOf({ raw }: X509Certificate): DerValue[] {
  return readDer(readDer(readDer(raw)[0]!.content)[0]!.content);
}

import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';

/** What a certificate says (RFC 5280 §4.1). */
export interface CertificateContent {
  /** types and values, in the order of the certificate: the least specific first */
  subject: readonly (readonly [type: keyof typeof TYPE, value: string])[];
  hosts?: readonly string[];
  uris?: readonly string[];
  emails?: readonly string[];
  addresses?: readonly (readonly number[])[];
  validFrom?: Date;
  validTo?: Date;
  /** may issue others */
  isAuthority?: boolean;
  /** object identifiers in hex; none said when absent */
  uses?: readonly string[];
}

export interface KeyPair {
  publicKey: KeyObject;
  privateKey: KeyObject;
}

/** Who signs: a name, which the issued certificate repeats, and a key. */
export interface Issuer {
  name: Buffer;
  key: KeyObject;
}

const TYPE = {
  CN: '550403',
  C: '550406',
  L: '550407',
  O: '55040a',
  OU: '55040b',
  DC: '0992268993f22c640119',
  jurisdiction: '2b0601040182373c020103',
} as const;
const SIGNATURE = { ec: '2a8648ce3d040302', rsa: '2a864886f70d01010b' } as const;
const EXTENSION = { alternativeNames: '551d11', basicConstraints: '551d13', keyUsage: '551d0f', uses: '551d25' };
export const USE = { server: '2b06010505070301', client: '2b06010505070302' } as const;
const DAY = 86_400_000;
const TAG = { boolean: 1, integer: 2, bits: 3, octets: 4, oid: 6, utf8: 0x0c, printable: 0x13, time: 0x17 } as const;
const SEQUENCE = 0x30;
const SET = 0x31;

export function newKeyPair(type: 'ec' | 'rsa' = 'ec'): KeyPair {
  return type === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** A certificate in PEM: of this key, by this issuer, by itself unless told. */
export function certify(content: CertificateContent, pair: KeyPair, issuer?: Issuer): string {
  const name = nameOf(content.subject);
  const by = issuer ?? { name, key: pair.privateKey };
  const kind = by.key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec';
  const algorithm = der(SEQUENCE, oid(SIGNATURE[kind]), ...(kind === 'rsa' ? [der(5)] : []));
  const { validFrom = new Date(Date.now() - DAY), validTo = new Date(Date.now() + DAY) } = content;
  const signed = der(
    SEQUENCE,
    der(0xa0, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1]), randomBytes(8)),
    algorithm,
    by.name,
    der(SEQUENCE, time(validFrom), time(validTo)),
    name,
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(SEQUENCE, ...extensions(content))),
  );
  const signature = der(TAG.bits, Buffer.from([0]), sign('sha256', signed, by.key));
  return new X509Certificate(der(SEQUENCE, signed, algorithm, signature)).toString();
}

export function nameOf(subject: CertificateContent['subject']): Buffer {
  const sets = subject.map(([type, value]) => {
    const text = der(type === 'C' || type === 'jurisdiction' ? TAG.printable : TAG.utf8, Buffer.from(value));
    return der(SET, der(SEQUENCE, oid(TYPE[type]), text));
  });
  return der(SEQUENCE, ...sets);
}

function extensions({ isAuthority, uses, ...names }: CertificateContent): Buffer[] {
  const found: Buffer[] = [];
  const general = [
    ...(names.emails ?? []).map((text) => der(0x81, Buffer.from(text))),
    ...(names.hosts ?? []).map((text) => der(0x82, Buffer.from(text))),
    ...(names.uris ?? []).map((text) => der(0x86, Buffer.from(text))),
    ...(names.addresses ?? []).map((bytes) => der(0x87, Buffer.from(bytes))),
  ];
  if (general.length > 0) found.push(extension(EXTENSION.alternativeNames, der(SEQUENCE, ...general)));
  if (isAuthority) {
    found.push(extension(EXTENSION.basicConstraints, der(SEQUENCE, der(TAG.boolean, Buffer.from([255])))));
    found.push(extension(EXTENSION.keyUsage, der(TAG.bits, Buffer.from([1, 6]))));
  }
  if (uses) found.push(extension(EXTENSION.uses, der(SEQUENCE, ...uses.map(oid))));
  // RFC 5280 §4.1.2.9: where there are extensions there is at least one.
  return found.length > 0 ? found : [extension(EXTENSION.basicConstraints, der(SEQUENCE))];
}

function extension(id: string, value: Buffer): Buffer {
  return der(SEQUENCE, oid(id), der(TAG.octets, value));
}

function oid(hex: string): Buffer {
  return der(TAG.oid, Buffer.from(hex, 'hex'));
}

/** YYMMDDHHMMSSZ */
function time(instant: Date): Buffer {
  const text = instant.toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(TAG.time, Buffer.from(text.slice(2)));
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

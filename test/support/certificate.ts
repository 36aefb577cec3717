import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM */
  key: string;
  /** PEM */
  cert: string;
}

const ECDSA_WITH_SHA256 = '2a8648ce3d040302';
const COMMON_NAME = '550403';
const SUBJECT_ALT_NAME = '551d11';
const DAY = 86_400_000;

const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c, time: 0x17, sequence: 0x30, set: 0x31 };

/** A certificate (RFC 5280 §4.1) that vouches for itself, for a day and for these names. */
export function selfSigned(...names: [string, ...string[]]): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der(TAG.sequence, der(TAG.oid, Buffer.from(ECDSA_WITH_SHA256, 'hex')));
  const name = nameOf(names[0]);
  const content = der(
    TAG.sequence,
    der(0xa0, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1]), randomBytes(8)),
    algorithm,
    name,
    der(TAG.sequence, time(Date.now() - DAY), time(Date.now() + DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(TAG.sequence, alternativeNames(names))),
  );
  const signature = der(TAG.bits, Buffer.from([0]), sign('sha256', content, privateKey));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(der(TAG.sequence, content, algorithm, signature)),
  };
}

function nameOf(commonName: string): Buffer {
  const pair = [der(TAG.oid, Buffer.from(COMMON_NAME, 'hex')), der(TAG.utf8, Buffer.from(commonName))];
  return der(TAG.sequence, der(TAG.set, der(TAG.sequence, ...pair)));
}

function alternativeNames(names: readonly string[]): Buffer {
  const list = names.map((name) => der(0x82, Buffer.from(name)));
  return der(
    TAG.sequence,
    der(TAG.oid, Buffer.from(SUBJECT_ALT_NAME, 'hex')),
    der(TAG.octets, der(TAG.sequence, ...list)),
  );
}

/** YYMMDDHHMMSSZ */
function time(milliseconds: number): Buffer {
  const text = new Date(milliseconds).toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(TAG.time, Buffer.from(text.slice(2)));
}

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** One value in DER (X.690 §8.1). */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  /** with tag and length */
  readonly whole: Buffer;
}

export const DER_TAG = { oid: 0x06, sequence: 0x30, set: 0x31 } as const;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const utf16 = new TextDecoder('utf-16be', { fatal: true });

/** Kinds of text that names are made of (RFC 5280 §4.1.2.4), and IA5String. */
const TEXT: ReadonlyMap<number, (content: Buffer) => string> = new Map([
  [0x0c, (content: Buffer) => utf8.decode(content)],
  [0x12, latin1],
  [0x13, latin1],
  [0x14, latin1],
  [0x16, latin1],
  [0x1e, (content: Buffer) => utf16.decode(content)],
]);

/** The values that follow one another; throws where they end too early. */
export function readDer(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const { header, length } = sizes(bytes.subarray(at));
    const end = at + header + length;
    if (end > bytes.length) throw new Error('the DER is cut off');
    values.push({
      tag: bytes[at]!,
      content: bytes.subarray(at + header, end),
      whole: bytes.subarray(at, end),
    });
    at = end;
  }
  return values;
}

/** The text of a value; undefined when it is none. */
export function derText({ tag, content }: DerValue): string | undefined {
  try {
    return TEXT.get(tag)?.(content);
  } catch {
    return undefined;
  }
}

/** An object identifier with its dots (X.690 §8.19). */
export function derOid(content: Buffer): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join('.');
}

function sizes(bytes: Buffer): { header: number; length: number } {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return { header: 2, length: bytes.length < 2 ? 1 : first };
  const count = first & 0x7f;
  if (count === 0 || count > 4 || bytes.length < 2 + count) throw new Error('the DER has no length');
  return { header: 2 + count, length: bytes.readUIntBE(2, count) };
}

function latin1(content: Buffer): string {
  return content.toString('latin1');
}

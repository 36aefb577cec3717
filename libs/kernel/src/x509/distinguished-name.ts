/** @spec RFC 4514 §3, RFC 5280 §7.1 — names of subjects, as text and in a certificate, and when two are the same. */
import { DER_TAG, derOid, derText, type DerValue, readDer } from './der';

interface NameAttribute {
  /** dotted */
  readonly type: string;
  readonly value: string;
}

/** Sets of attributes, the most specific one first: as the text has them. */
export type DistinguishedName = readonly (readonly NameAttribute[])[];

/** RFC 4514 §3 and what else certificates of organisations hold. */
const TYPES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  SERIALNUMBER: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  STREET: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  TITLE: '2.5.4.12',
  BUSINESSCATEGORY: '2.5.4.15',
  POSTALCODE: '2.5.4.17',
  GIVENNAME: '2.5.4.42',
  GN: '2.5.4.42',
  ORGANIZATIONIDENTIFIER: '2.5.4.97',
  UID: '0.9.2342.19200300.100.1.1',
  DC: '0.9.2342.19200300.100.1.25',
  EMAILADDRESS: '1.2.840.113549.1.9.1',
  E: '1.2.840.113549.1.9.1',
  JURISDICTIONCOUNTRYNAME: '1.3.6.1.4.1.311.60.2.1.3',
};

const TYPE = / *([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+) *= */y;
const VALUE = /((?:\\[ "#+,;<=>\\]|\\[0-9A-Fa-f]{2}|[^"+,;<>\\\0])*)([+,]|$)/y;
const ESCAPE = /\\([0-9A-Fa-f]{2}|.)/gs;
const HEX = /^#(?:[0-9A-Fa-f]{2})+$/;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** From its text; undefined when it is none. */
export function parseDistinguishedName(text: string): DistinguishedName | undefined {
  const sets: NameAttribute[][] = [[]];
  for (let at = 0, more = true; more;) {
    const found = attributeAt(text, at);
    if (!found) return undefined;
    sets.at(-1)!.push(found.attribute);
    if (found.separator === ',') sets.push([]);
    more = found.separator !== '';
    at = found.end;
  }
  return sets;
}

/** From a certificate: the content of a Name (RFC 5280 §4.1.2.4), whose order is the other way round. */
export function readDistinguishedName(name: Buffer): DistinguishedName {
  return readDer(name)
    .filter(({ tag }) => tag === DER_TAG.set)
    .map(({ content }) => readDer(content).map(readAttribute))
    .reverse();
}

/**
 * RFC 5280 §7.1: letters by their sound, and runs of spaces, do not tell names apart. Nothing else is folded, so that
 * no look-alike letter passes for another.
 */
export function isSameName(one: DistinguishedName, other: DistinguishedName): boolean {
  return one.length === other.length && one.every((set, index) => keyOf(set) === keyOf(other[index]!));
}

function attributeAt(text: string, at: number) {
  TYPE.lastIndex = at;
  const [, name] = TYPE.exec(text) ?? [];
  const type = name === undefined || name.includes('.') ? name : TYPES[name.toUpperCase()];
  if (type === undefined) return undefined;
  VALUE.lastIndex = TYPE.lastIndex;
  const [, raw, separator] = VALUE.exec(text) ?? [];
  const value = raw === undefined ? undefined : valueOf(raw);
  return value ? { attribute: { type, value }, separator: separator!, end: VALUE.lastIndex } : undefined;
}

/** Undefined when its escapes are not text. */
function valueOf(raw: string): string | undefined {
  const trimmed = raw.replace(/((?:^|[^\\])(?:\\\\)*) +$/, '$1');
  try {
    if (trimmed.startsWith('#')) return HEX.test(trimmed) ? derValue(Buffer.from(trimmed.slice(1), 'hex')) : undefined;
    const bytes = Buffer.from(trimmed).toString('latin1').replace(ESCAPE, escaped);
    return utf8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return undefined;
  }
}

/** A byte for a pair of digits, the character itself for any other. */
function escaped(_match: string, what: string): string {
  return what.length === 2 ? String.fromCharCode(Number.parseInt(what, 16)) : what;
}

function derValue(bytes: Buffer): string | undefined {
  const values = readDer(bytes);
  return values.length === 1 ? textOf(values[0]!) : undefined;
}

function readAttribute({ content }: DerValue): NameAttribute {
  const [type, value] = readDer(content);
  if (!type || !value) throw new Error('an attribute has a type and a value');
  return { type: derOid(type.content), value: textOf(value) };
}

/** What is no text is written as RFC 4514 §2.4 has it. */
function textOf(value: DerValue): string {
  return derText(value) ?? `#${value.whole.toString('hex')}`;
}

function keyOf(set: readonly NameAttribute[]): string {
  const keys = set.map(({ type, value }) => [type, value.toLowerCase().replace(/ +/g, ' ').trim()]);
  return JSON.stringify(keys.map((each) => JSON.stringify(each)).sort());
}

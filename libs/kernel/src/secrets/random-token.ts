import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a secret is, so that a leaked one can be recognised: code, refresh, access, pushed request, client secret, … */
export type TokenTag =
  'tac' | 'tpr' | 'trt' | 'tat' | 'tcs' | 'tss' | 'tix' | 'tsu' | 'tcf' | 'tia' | 'tra' | 'tdc' | 'tbr';

/** `<tag>_<43 characters of entropy><6 characters of checksum>`: 256 random bits, base64url. */
export function randomToken(tag: TokenTag): string {
  return tagToken(tag, randomBytes(32));
}

/** The same form for 32 bytes that come from elsewhere (a keyed hash of a parent, say). */
export function tagToken(tag: TokenTag, entropy: Buffer): string {
  const body = `${tag}_${entropy.toString('base64url')}`;
  return body + checksum(body);
}

/** True when the text has the form and the checksum of a token with this tag: a cheap refusal before any look-up. */
export function hasTokenForm(tag: TokenTag, text: string): boolean {
  if (text.length !== tag.length + 50 || !text.startsWith(`${tag}_`)) return false;
  return checksum(text.slice(0, -6)) === text.slice(-6);
}

function checksum(body: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64url');
}

/** @spec RFC 8628 §6.1 — eight of twenty letters that cannot be taken for one another, and no words; read forgivingly (S-155). */
import { randomInt } from 'node:crypto';

const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;
const HALF = LENGTH / 2;
const OTHERS = new RegExp(`[^${ALPHABET}]`, 'g');

/** `BCDF-GHJK`: 34.5 random bits. */
export function randomUserCode(): string {
  return grouped(Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''));
}

/** What somebody typed, as it was issued: case, dashes, spaces and stray characters are let go. Null when it is no code. */
export function readUserCode(typed: string): string | null {
  const letters = typed.normalize('NFKC').toUpperCase().replace(OTHERS, '');
  return letters.length === LENGTH ? grouped(letters) : null;
}

function grouped(letters: string): string {
  return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`;
}

/** @spec CIBA Core §7.1, NIST SP 800-63B-4 §3.1.1.2 — a code is short, to be said or typed elsewhere; guessing is limited instead. */
const SHORTEST = 6;
export const LONGEST_USER_CODE = 64;
const PLAIN = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u;

export type UserCodeRefusal = 'too-short' | 'too-long' | 'not-plain' | 'too-simple';

/** Why this may not be somebody's code, or null. Pure. */
export function checkUserCode(code: string): UserCodeRefusal | null {
  const characters = [...code.normalize('NFC')];
  if (characters.length < SHORTEST) return 'too-short';
  if (characters.length > LONGEST_USER_CODE) return 'too-long';
  if (!PLAIN.test(code)) return 'not-plain';
  return isRun(characters) ? 'too-simple' : null;
}

/** 000000, 123456, fedcba. */
function isRun(characters: readonly string[]): boolean {
  const points = characters.map((character) => character.codePointAt(0)!);
  const step = points[1]! - points[0]!;
  return Math.abs(step) <= 1 && points.every((point, at) => at === 0 || point - points[at - 1]! === step);
}

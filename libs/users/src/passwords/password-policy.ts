/**
 * @spec NIST SP 800-63B-4 §3.1.1.2 — length is the only rule of composition; what is common or speaks of the user or the
 * tenant is refused, with digits around it too (S-130, S-131, S-132).
 */
import type { Tenant } from '@tokenidp/tenancy';
import type { User } from '../user';
import { COMMON_PASSWORDS } from './common-passwords';

export type PasswordRefusal = 'too-short' | 'too-long' | 'malformed' | 'common' | 'personal' | 'repetitive';

const MAX_CODE_POINTS = 1_024;
const MAX_BYTES = 4_096;
const LEAST_OWN_LETTERS = 4;
const LEAST_WORD = 3;
const LONGEST_PERIOD = 4;
const AVERAGE_RUN = 5;
const LEET: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

type Person = Pick<User, 'username' | 'email' | 'claims'>;

/** True for a text that is too long to be any password of ours, and so is not worth a hash (S-184). */
export function isTooLong(password: string): boolean {
  if (password.length > 2 * MAX_CODE_POINTS) return true;
  const composed = password.normalize('NFC');
  return [...composed].length > MAX_CODE_POINTS || Buffer.byteLength(composed) > MAX_BYTES;
}

/** Why this may not become the user's password, or null. */
export function checkPassword(
  password: string,
  tenant: Pick<Tenant, 'name' | 'slug' | 'displayName' | 'settings'>,
  person: Person,
): PasswordRefusal | null {
  if (isTooLong(password)) return 'too-long';
  if (!password.isWellFormed() || password.includes('\0')) return 'malformed';
  if ([...password.normalize('NFC')].length < tenant.settings.password.minLength) return 'too-short';
  const text = password.normalize('NFKC').toLowerCase();
  if (isRepetitive(text)) return 'repetitive';
  const own = personalWords(tenant, person);
  if (consistsOf(text, own)) return 'personal';
  return COMMON_PASSWORDS.has(text) || consistsOf(text, [...own, ...COMMON_PASSWORDS]) ? 'common' : null;
}

function personalWords(tenant: Pick<Tenant, 'name' | 'slug' | 'displayName'>, person: Person): string[] {
  const { name, given_name, family_name, nickname } = person.claims;
  const texts = [tenant.name, tenant.slug, tenant.displayName, person.username, person.email];
  return [...texts, name, given_name, family_name, nickname]
    .flatMap((text) => wordsOf((text ?? '').normalize('NFKC').toLowerCase()))
    .filter((word) => word.length >= LEAST_WORD);
}

/** The text without its gaps, and each of its words: `ada.king@example.com` gives ada, king, example, com and adaking. */
function wordsOf(text: string): string[] {
  const words = text.split(/[^\p{L}\p{M}\p{N}]+/u);
  return [...words, text, text.split('@')[0]!.replace(/[^\p{L}\p{M}\p{N}]+/gu, '')];
}

/** True when the words, plain or with digits for letters, leave fewer than four letters that are the user's own. */
function consistsOf(text: string, words: readonly string[]): boolean {
  const folded = text.replace(/[@431!0$57]/g, (character) => LEET[character]!);
  const isCovered = new Array<boolean>(text.length).fill(false);
  for (const word of words) {
    for (const form of text === folded ? [text] : [text, folded]) cover(isCovered, form, word);
  }
  const own = text.replace(/[^]/g, (character, index: number) => (isCovered[index] ? '' : character));
  return isCovered.includes(true) && (own.match(/\p{L}/gu)?.length ?? 0) < LEAST_OWN_LETTERS;
}

function cover(isCovered: boolean[], text: string, word: string): void {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    isCovered.fill(true, at, at + word.length);
  }
}

/** `aaaa…`, `abcabc…`, `123456…`, `abcdef…fedcba`: a short pattern again, or long runs of neighbours. */
function isRepetitive(text: string): boolean {
  for (let period = 1; period <= LONGEST_PERIOD; period += 1) {
    if (text.length > 2 * period && text.slice(period) === text.slice(0, -period)) return true;
  }
  return text.length / runsOf(text) >= AVERAGE_RUN;
}

function runsOf(text: string): number {
  let runs = 1;
  let step: number | undefined;
  for (let index = 1; index < text.length; index += 1) {
    const next = text.charCodeAt(index) - text.charCodeAt(index - 1);
    const continues = Math.abs(next) <= 1 && (step === undefined || step === next);
    if (!continues) runs += 1;
    step = continues ? next : undefined;
  }
  return runs;
}

/** @spec OIDC Core §5.1, OIDC Core §5.1.1, OIDC Core §5.2 — a claim is stored only in the form in which it may be sent. */
import type { ProblemField } from '@tokenidp/kernel';
import type { AddressClaim, StandardClaims } from './standard-claims';

/** What is wrong with a value, or undefined. */
type Check = (value: string) => string | undefined;

const MAX_TEXT = 500;
const MAX_URL = 2_000;
const MAX_TAGGED = 50;
const ADDRESS_MEMBERS: ReadonlySet<string> = new Set<keyof AddressClaim>([
  'formatted',
  'street_address',
  'locality',
  'region',
  'postal_code',
  'country',
]);

const text: Check = (value) => (value.length > MAX_TEXT ? `is longer than ${MAX_TEXT} characters` : undefined);

const webAddress: Check = (value) => {
  const url = value.length > MAX_URL ? null : URL.parse(value);
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? undefined : 'is not a web address';
};

/** ISO 8601 `YYYY-MM-DD`, `0000-MM-DD` without the year, or `YYYY` alone. */
const birthdate: Check = (value) => {
  if (/^\d{4}$/.test(value)) return value === '0000' ? 'is not a year' : undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'is not YYYY-MM-DD, 0000-MM-DD or YYYY';
  // A leap year stands in for the year that is not given, so that 29 February passes.
  const day = value.replace(/^0000/, '2000');
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
    ? undefined
    : 'is not a day of the calendar';
};

const zoneinfo: Check = (value) => {
  try {
    // Offsets such as +01:00 are taken by Intl too, but are no names of the time zone database.
    new Intl.DateTimeFormat('en', { timeZone: /^[A-Za-z]/.test(value) ? value : '!' });
    return undefined;
  } catch {
    return 'is not a name of the IANA time zone database';
  }
};

const CHECKS: Record<string, Check> = {
  name: text,
  given_name: text,
  family_name: text,
  middle_name: text,
  nickname: text,
  gender: text,
  profile: webAddress,
  picture: webAddress,
  website: webAddress,
  birthdate,
  zoneinfo,
};

/** True for a well-formed BCP 47 language tag. */
export function isLanguageTag(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

/** Everything wrong with the claims, each with its pointer below `/claims`; empty when they may be stored. */
export function validateClaims(claims: StandardClaims): ProblemField[] {
  const entries = Object.entries(claims as Record<string, unknown>).filter(([, value]) => value !== undefined);
  const problems = entries.flatMap(([name, value]) => problemOf(name, value));
  const tagged = entries.filter(([name]) => name.includes('#')).length;
  if (tagged > MAX_TAGGED)
    problems.push({ pointer: '/claims', detail: `has more than ${MAX_TAGGED} language variants` });
  return problems;
}

function problemOf(name: string, value: unknown): ProblemField[] {
  const pointer = `/claims/${name}`;
  if (name === 'address') return addressProblems(value, pointer);
  const [base = '', tag, ...rest] = name.split('#');
  const check = Object.hasOwn(CHECKS, base) ? CHECKS[base] : undefined;
  const isTagged = tag !== undefined;
  if (!check || rest.length > 0 || (isTagged && !isLanguageTag(tag))) return [{ pointer, detail: 'is not known' }];
  const detail = textProblem(value) ?? check(value as string);
  return detail ? [{ pointer, detail }] : [];
}

function addressProblems(value: unknown, pointer: string): ProblemField[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ pointer, detail: 'is not an object' }];
  return Object.entries(value).flatMap(([member, part]: [string, unknown]) => {
    const detail = ADDRESS_MEMBERS.has(member) ? (textProblem(part) ?? text(part as string)) : 'is not known';
    return part !== undefined && detail ? [{ pointer: `${pointer}/${member}`, detail }] : [];
  });
}

function textProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is not a text';
  return value.trim() === '' || !value.isWellFormed() || value.includes('\0') ? 'is empty or malformed' : undefined;
}

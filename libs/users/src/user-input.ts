import type { ProblemField } from '@tokenidp/kernel';
import type { StandardClaims } from './claims/standard-claims';
import { isLanguageTag, validateClaims } from './claims/validate-claims';
import { isEmail, isPhoneNumber, isUsername, normaliseLogin } from './login-name';
import { mergePatch } from './merge-patch';
import { USER_STATUSES, type User, type UserStatus } from './user';
import { UsersError } from './users-error';
import type { UserColumns } from './users.repository';

export interface UserInput {
  /** May hold an `@` only when it is the user's own e-mail address. */
  username: string;
  email?: string;
  emailVerified?: boolean;
  /** E.164 */
  phoneNumber?: string;
  phoneNumberVerified?: boolean;
  /** `active` when absent */
  status?: UserStatus;
  /** BCP 47 */
  locale?: string;
  claims?: StandardClaims;
  attributes?: Record<string, unknown>;
}

/** A merge patch, of claims and attributes too: null empties what may be empty. Status has methods of its own. */
export interface UserPatch {
  username?: string;
  email?: string | null;
  emailVerified?: boolean;
  phoneNumber?: string | null;
  phoneNumberVerified?: boolean;
  locale?: string | null;
  claims?: { [M in keyof StandardClaims]: StandardClaims[M] | null };
  attributes?: Record<string, unknown>;
}

const MAX_ATTRIBUTES_LENGTH = 16_384;

/** @throws UsersError (invalid) naming every member that is wrong */
export function assertUserInput(input: UserInput): void {
  const fields = [
    ...loginProblems(input),
    ...unless(
      input.phoneNumber === undefined || isPhoneNumber(input.phoneNumber),
      '/phoneNumber',
      'is not an E.164 number',
    ),
    ...unless(input.locale === undefined || isLanguageTag(input.locale), '/locale', 'is not a BCP 47 language tag'),
    ...unless(!input.status || USER_STATUSES.includes(input.status), '/status', 'is not known'),
    ...validateClaims(input.claims ?? {}),
    ...attributeProblems(input.attributes ?? {}),
  ];
  if (fields.length > 0) throw new UsersError('invalid', 'The user is not valid.', fields);
}

/** What a user would be after a change; another e-mail address or number is not verified unless the change says so. */
export function merge(user: User, patch: UserPatch): UserInput {
  const changed = (member: 'email' | 'phoneNumber') => patch[member] !== undefined && patch[member] !== user[member];
  const kept: UserPatch = {
    username: user.username,
    email: user.email,
    emailVerified: user.emailVerified && !changed('email'),
    phoneNumber: user.phoneNumber,
    phoneNumberVerified: user.phoneNumberVerified && !changed('phoneNumber'),
    locale: user.locale,
  };
  const objects = {
    claims: mergePatch(user.claims, patch.claims ?? {}),
    attributes: mergePatch(user.attributes, patch.attributes ?? {}),
  };
  const merged = { ...kept, ...given(patch), ...objects, status: user.status };
  // What was emptied is left out, as it is in the input of a new user.
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as unknown as UserInput;
}

function given(patch: UserPatch): UserPatch {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as UserPatch;
}

/** Nothing that is not there is verified. */
export function columnsOf(input: UserInput, now: Date): UserColumns {
  const { email = null, phoneNumber = null, locale = null, status = 'active', claims = {}, attributes = {} } = input;
  return {
    username: input.username.normalize('NFC'),
    email,
    emailVerified: email !== null && input.emailVerified === true,
    phoneNumber,
    phoneNumberVerified: phoneNumber !== null && input.phoneNumberVerified === true,
    status,
    locale,
    claims,
    attributes,
    updatedAt: now,
  };
}

function loginProblems({ username, email }: UserInput): ProblemField[] {
  const isOwnEmail = email !== undefined && normaliseLogin(username) === normaliseLogin(email);
  return [
    ...unless(isUsername(username), '/username', "is not 1 to 254 letters, digits or . _ - + ' @"),
    // Else one user's name could be another's e-mail address, and a sign-in would be ambiguous.
    ...unless(
      !normaliseLogin(username).includes('@') || isOwnEmail,
      '/username',
      "is not the user's own e-mail address",
    ),
    ...unless(email === undefined || isEmail(email), '/email', 'is not an e-mail address'),
  ];
}

function attributeProblems(attributes: Record<string, unknown>): ProblemField[] {
  const isShort = !Array.isArray(attributes) && JSON.stringify(attributes).length <= MAX_ATTRIBUTES_LENGTH;
  return [
    ...unless(isShort, '/attributes', `is not an object of at most ${MAX_ATTRIBUTES_LENGTH} characters of JSON`),
    ...unless(isStorable(attributes), '/attributes', 'holds a text with NUL or half of a surrogate pair'),
  ];
}

/** What a database can hold: each text of it, names of members included. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => isStorable(name) && isStorable(member));
}

function unless(isFine: boolean, pointer: string, detail: string): ProblemField[] {
  return isFine ? [] : [{ pointer, detail }];
}

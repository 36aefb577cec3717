/**
 * One form for every way to type a name: compatibility characters folded, case ignored. Both columns and each look-up
 * go through here, so that `Ada@Example.com` and `ada@example.com` are one account (S-134).
 */
export function normaliseLogin(text: string): string {
  // Lower-casing can leave a composed letter apart again (İ), hence the second normalisation.
  return text.normalize('NFKC').toLowerCase().normalize('NFKC');
}

const MAX_LENGTH = 254;
const USERNAME = /^[\p{L}\p{M}\p{N}._@+'-]+$/u;
const EMAIL = /^[^\s@"(),:;<>[\]\\\p{Cc}]+@[^\s@"(),:;<>[\]\\\p{Cc}]+$/u;
const PHONE = /^\+[1-9]\d{5,14}(;ext=\d{1,11})?$/;

export function isUsername(value: string): boolean {
  return USERNAME.test(value) && isTypedLogin(normaliseLogin(value));
}

export function isEmail(value: string): boolean {
  return EMAIL.test(value) && EMAIL.test(normaliseLogin(value)) && isTypedLogin(normaliseLogin(value));
}

/** E.164, with an extension as RFC 3966 writes it (OIDC Core §5.1). */
export function isPhoneNumber(value: string): boolean {
  return PHONE.test(value);
}

/** True when a normalised text could be the name of somebody; whatever it is, it may be asked for. */
export function isTypedLogin(login: string): boolean {
  return login !== '' && Buffer.byteLength(login) <= MAX_LENGTH && login.isWellFormed() && !login.includes('\0');
}

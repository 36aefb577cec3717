/** @spec OIDC Core §2, RFC 8176 §2 — `acr` says no more than what happened in the sign-in (S-148). */

export const ACR_SINGLE_FACTOR = 'urn:tokenidp:acr:single-factor';

interface ContextClass {
  acr: string;
  /** by the methods of a sign-in (RFC 8176) */
  isReached(amr: readonly string[]): boolean;
}

/** Authentication context classes and what each needs, weakest first: another way to sign in that reaches more is a line here. */
const CONTEXT_CLASSES: readonly ContextClass[] = [{ acr: ACR_SINGLE_FACTOR, isReached: (amr) => amr.length > 0 }];

/** What a sign-in can reach, weakest first. */
export const ACR_VALUES: readonly string[] = CONTEXT_CLASSES.map(({ acr }) => acr);

/** The strongest class that these methods reach; throws for a sign-in in which nothing was proved. */
export function acrOf(amr: readonly string[]): string {
  const reached = CONTEXT_CLASSES.findLast(({ isReached }) => isReached(amr));
  if (!reached) throw new Error('a sign-in without a method is none');
  return reached.acr;
}

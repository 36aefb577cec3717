/** @spec OIDC Core §2, §3.1.2.1, §5.5.1.1 — a stronger sign-in meets a weaker wish; what is reported is always true. */
import type { AuthorizationRequest } from './authorization-request';

type AcrWish = Pick<AuthorizationRequest, 'acrValues' | 'acrEssential'>;

/** True when nothing that can be reached is missing: values that no sign-in can have are a wish that is let go. */
export function meetsAcr(wish: AcrWish, acr: string, reachable: readonly string[]): boolean {
  const possible = wish.acrValues.filter((value) => reachable.includes(value));
  if (possible.length === 0) return !wish.acrEssential;
  return possible.some((value) => isAtLeast(acr, value, reachable));
}

/** What the answer says: the session's acr, or the requested weaker one that it includes. */
export function reportedAcr(wish: AcrWish, acr: string, reachable: readonly string[]): string {
  if (wish.acrValues.includes(acr)) return acr;
  return wish.acrValues.find((value) => reachable.includes(value) && isAtLeast(acr, value, reachable)) ?? acr;
}

/** True when a sign-in of the one context class includes the other; never of classes that nobody can reach. */
export function isAtLeast(acr: string, wanted: string, reachable: readonly string[]): boolean {
  return acr === wanted || reachable.indexOf(acr) > reachable.indexOf(wanted);
}

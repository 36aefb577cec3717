/** @spec OIDC Core §2, RFC 8176 §2 — `acr` says no more than what happened in the sign-in (S-148). */

export const ACR_SINGLE_FACTOR = 'urn:tokenidp:acr:single-factor';

/** What a sign-in can reach, weakest first. */
export const ACR_VALUES: readonly string[] = [ACR_SINGLE_FACTOR];

import type { JSONWebKeySet } from 'jose';

/** What the `sub` (or, for `email`, the verified address) of an assertion names. */
export const ASSERTION_SUBJECTS = ['id', 'username', 'email', 'client'] as const;
export type AssertionSubject = (typeof ASSERTION_SUBJECTS)[number];

/** Somebody whose assertions a tenant takes as authorization grants (RFC 7523 §2.1). */
export interface TrustedIssuer {
  readonly id: string;
  readonly tenantId: string;
  /** `iss`, byte for byte */
  readonly issuer: string;
  /** by value or by reference, one of the two */
  readonly jwks?: JSONWebKeySet;
  readonly jwks_uri?: string;
  /** that its keys may sign with */
  readonly algorithms: readonly string[];
  readonly subject: AssertionSubject;
  /** The most that a token for one of its assertions may hold. */
  readonly scopes: readonly string[];
  /** Identifiers of the resources that such a token may be for; the tenant's issuer for userinfo. */
  readonly audiences: readonly string[];
  readonly enabled: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

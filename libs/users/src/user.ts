import type { StandardClaims } from './claims/standard-claims';

export const USER_STATUSES = ['active', 'disabled', 'locked', 'invited'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** A user as everything outside this lib sees it: no secret, no hash, no counter. */
export interface User {
  /** The `sub` of the tenant's tokens. */
  readonly id: string;
  readonly tenantId: string;
  readonly username: string;
  readonly email?: string;
  readonly emailVerified: boolean;
  readonly phoneNumber?: string;
  readonly phoneNumberVerified: boolean;
  readonly status: UserStatus;
  /** BCP 47 */
  readonly locale?: string;
  readonly claims: StandardClaims;
  /** Whatever the tenant keeps beside the standard claims; never in a token by itself. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Since when the user has to choose another password before they go on. */
  readonly passwordExpiredAt?: Date;
  readonly lastSignInAt?: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** OIDC Core §5.4: which standard claims a scope asks for. */
export const SCOPE_CLAIMS = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
} as const;

export type StandardClaim = (typeof SCOPE_CLAIMS)[keyof typeof SCOPE_CLAIMS][number];

/** Every standard claim about a user (OIDC Core §5.1), `sub` aside. */
export const STANDARD_CLAIMS: readonly StandardClaim[] = Object.values(SCOPE_CLAIMS).flat();

/** OIDC Core §5.5: one member of the `claims` parameter. */
export interface ClaimRequest {
  essential?: boolean;
  value?: unknown;
  values?: unknown[];
}

/** OIDC Core §5.5: the `claims` parameter; null asks for a claim in the default manner. */
export interface ClaimsRequest {
  userinfo?: Record<string, ClaimRequest | null>;
  id_token?: Record<string, ClaimRequest | null>;
}

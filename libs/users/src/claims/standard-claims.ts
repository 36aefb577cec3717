/** OIDC Core §5.1.1. */
export interface AddressClaim {
  formatted?: string;
  street_address?: string;
  locality?: string;
  region?: string;
  postal_code?: string;
  country?: string;
}

/**
 * The standard claims that are stored as they are sent (OIDC Core §5.1). Name, e-mail, phone, locale and the instant
 * of the last change have columns of their own. Text members may carry a language tag: `name#ja-Kana-JP` (§5.2).
 */
export interface StandardClaims {
  name?: string;
  given_name?: string;
  family_name?: string;
  middle_name?: string;
  nickname?: string;
  profile?: string;
  picture?: string;
  website?: string;
  gender?: string;
  birthdate?: string;
  zoneinfo?: string;
  address?: AddressClaim;
  [tagged: `${string}#${string}`]: string | undefined;
}

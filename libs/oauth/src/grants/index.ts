import { AuthorizationCodeGrant } from './authorization-code.grant';
import { ClientCredentialsGrant } from './client-credentials.grant';
import { JwtBearerGrant } from './jwt-bearer.grant';
import { RefreshTokenGrant } from './refresh-token.grant';
import { TokenExchangeGrant } from './token-exchange.grant';

/** Every grant that is served. Adding one is one file and one word here; discovery reads the list. */
export const GRANTS = [
  AuthorizationCodeGrant,
  ClientCredentialsGrant,
  JwtBearerGrant,
  RefreshTokenGrant,
  TokenExchangeGrant,
] as const;

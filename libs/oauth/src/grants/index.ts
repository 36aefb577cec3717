import { AuthorizationCodeGrant } from './authorization-code.grant';
import { CibaGrant } from './ciba.grant';
import { ClientCredentialsGrant } from './client-credentials.grant';
import { DeviceCodeGrant } from './device-code.grant';
import { JwtBearerGrant } from './jwt-bearer.grant';
import { RefreshTokenGrant } from './refresh-token.grant';
import { TokenExchangeGrant } from './token-exchange.grant';

/** Every grant that is served. Adding one is one file and one word here; discovery reads the list. */
export const GRANTS = [
  AuthorizationCodeGrant,
  CibaGrant,
  ClientCredentialsGrant,
  DeviceCodeGrant,
  JwtBearerGrant,
  RefreshTokenGrant,
  TokenExchangeGrant,
] as const;

import { AuthorizationCodeGrant } from './authorization-code.grant';
import { ClientCredentialsGrant } from './client-credentials.grant';
import { RefreshTokenGrant } from './refresh-token.grant';

/** Every grant that is served. Adding one is one file and one word here; discovery reads the list. */
export const GRANTS = [AuthorizationCodeGrant, ClientCredentialsGrant, RefreshTokenGrant] as const;

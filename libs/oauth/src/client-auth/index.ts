import { ClientSecretBasic } from './client-secret-basic';
import { ClientSecretJwt } from './client-secret-jwt';
import { ClientSecretPost } from './client-secret-post';
import { NoClientAuth } from './none';
import { PrivateKeyJwt } from './private-key-jwt';
import { SelfSignedTlsClientAuth } from './self-signed-tls-client-auth';
import { TlsClientAuth } from './tls-client-auth';

/** Every way to authenticate a client. Adding one is one file and one word here; discovery reads the list. */
export const CLIENT_AUTH_METHODS = [
  NoClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  ClientSecretJwt,
  PrivateKeyJwt,
  TlsClientAuth,
  SelfSignedTlsClientAuth,
] as const;

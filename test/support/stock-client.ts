import type { Tenant } from '@tokenidp/tenancy';
import * as openid from 'openid-client';
import type { Credentials } from './browser';
import { REDIRECT_URI, type TestClient } from './fixtures';
import type { Visitor } from './http-person';

/** A stock client of a tenant, which has read the tenant's metadata; it authenticates as it is registered. */
export function relyingParty(
  tenant: Pick<Tenant, 'issuer'>,
  { client, secret }: TestClient,
  options: { authentication?: openid.ClientAuth; fetch?: openid.CustomFetch; algorithm?: 'oauth2' | 'oidc' } = {},
): Promise<openid.Configuration> {
  const { id_token_signed_response_alg, userinfo_signed_response_alg } = client;
  const metadata = { id_token_signed_response_alg, userinfo_signed_response_alg };
  const authentication = options.authentication ?? authenticationOf(client.token_endpoint_auth_method, secret);
  return openid.discovery(new URL(tenant.issuer), client.client_id, metadata, authentication, {
    algorithm: options.algorithm ?? 'oidc',
    execute: tenant.issuer.startsWith('http:') ? [openid.allowInsecureRequests] : [],
    ...(options.fetch && { [openid.customFetch]: options.fetch }),
  });
}

function authenticationOf(method: string, secret: string): openid.ClientAuth {
  if (method === 'client_secret_basic') return openid.ClientSecretBasic(secret);
  if (method === 'client_secret_post') return openid.ClientSecretPost(secret);
  if (method === 'client_secret_jwt') return openid.ClientSecretJwt(secret);
  if (method === 'none') return openid.None();
  throw new Error(`say how the client does ${method}`);
}

/** An authorization request, and what its answer has to agree with. */
export interface PreparedRequest {
  url: URL;
  checks: openid.AuthorizationCodeGrantChecks;
}

/** With PKCE, state and (for `openid`) nonce; a parameter that is given as '' is left out. */
export async function prepareRequest(
  config: openid.Configuration,
  parameters: Record<string, string> = {},
): Promise<PreparedRequest> {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const asked: Record<string, string> = {
    redirect_uri: REDIRECT_URI,
    scope: 'openid',
    state: openid.randomState(),
    nonce: openid.randomNonce(),
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  };
  if (!asked.scope?.split(' ').includes('openid')) delete asked.nonce;
  const sent = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
  return {
    url: openid.buildAuthorizationUrl(config, sent),
    checks: { pkceCodeVerifier, expectedState: sent.state, expectedNonce: sent.nonce },
  };
}

export type Tokens = openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers;

export interface TokenWishes {
  /** left out where the person is signed in already */
  credentials?: Credentials;
  /** of the authorization request */
  parameters?: Record<string, string>;
  /** of the token request */
  tokenParameters?: Record<string, string>;
}

/** The whole code flow: the person goes through what is shown, the client takes the code and gets its tokens. */
export async function obtainTokens(
  person: Pick<Visitor, 'authorize'>,
  config: openid.Configuration,
  { credentials, parameters, tokenParameters }: TokenWishes = {},
): Promise<Tokens> {
  const { url, checks } = await prepareRequest(config, parameters);
  const callback = await person.authorize(url, credentials);
  return openid.authorizationCodeGrant(config, callback.asUrl, checks, tokenParameters);
}

export interface Refusal {
  status: number;
  error: string;
}

/** How the server refused what the client asked for; fails when it did not, or when it was the client that refused. */
export async function refusalOf(asked: Promise<unknown>): Promise<Refusal> {
  const failure: unknown = await asked.then(
    () => new Error('it was not refused'),
    (error: unknown) => error,
  );
  if (failure instanceof openid.ResponseBodyError) return { status: failure.status, error: failure.error };
  if (!(failure instanceof openid.WWWAuthenticateChallengeError)) throw failure;
  const { error } = (await failure.response.json()) as Refusal;
  return { status: failure.status, error };
}

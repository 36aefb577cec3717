/** @spec OAuth 2.0 Multiple Response Types §2.1, JARM §2.1, §2.3 — an answer in the response mode of its request, signed where that asks for it. */
import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { Clock, type OAuthError } from '@tokenidp/kernel';
import { type SigningAlgorithm, Signer } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import { findResponseMode } from '../response-modes';
import type { AuthorizationRequest } from './authorization-request';
import { codeParameters, errorParameters, type ResponseParameters } from './authorization-response';
import type { AuthorizationOutcome, AuthorizationResponse } from './interaction';

/** JARM §2.1 wants ten minutes at most; a code that is in it lives for one. */
const LIFE_SECONDS = 300;

@Injectable()
export class AuthorizationResponses {
  constructor(
    private readonly signer: Signer,
    private readonly clock: Clock,
  ) {}

  code(
    tenant: Tenant,
    request: AuthorizationRequest,
    code: string,
    session_state?: string,
  ): Promise<AuthorizationResponse> {
    return this.deliver(tenant, request, codeParameters(tenant, request, code, session_state));
  }

  error(tenant: Tenant, request: AuthorizationRequest, error: OAuthError): Promise<AuthorizationResponse> {
    return this.deliver(tenant, request, errorParameters(tenant, request, error));
  }

  /**
   * @spec OAuth 2.1 §7.13.2, RFC 9700 §4.11.2 — where nobody vouches for a client that registered itself, an error alone
   * sends no browser there: the user sees a page and may go on (S-026). What the user has had a hand in goes back by itself.
   */
  async refusal(
    tenant: Tenant,
    request: AuthorizationRequest,
    error: OAuthError,
    userTookPart: boolean,
  ): Promise<AuthorizationOutcome> {
    const { client } = request;
    const response = await this.error(tenant, request, error);
    const isTrusted = client.origin === 'admin' || client.origin === 'built-in' || client.vouched === true;
    if (userTookPart || isTrusted) return { kind: 'respond', response, refused: { error, client } };
    const continueTo = response.mode === 'redirect' ? response.location : undefined;
    return { kind: 'error-page', error, client, continueTo };
  }

  private async deliver(
    tenant: Tenant,
    { client, responseMode, redirectUri }: AuthorizationRequest,
    parameters: ResponseParameters,
  ): Promise<AuthorizationResponse> {
    const mode = findResponseMode(responseMode)!;
    const sent = mode.isSigned ? { response: await this.sign(tenant, client, parameters) } : parameters;
    const delivery = mode.deliver(redirectUri, sent);
    return delivery.mode === 'form' ? { ...delivery, client } : delivery;
  }

  private sign(tenant: Tenant, client: Client, parameters: ResponseParameters): Promise<string> {
    const claims = { ...parameters, aud: client.client_id, exp: this.clock.nowSeconds() + LIFE_SECONDS };
    return this.signer.sign(tenant, { algorithm: algorithmOf(tenant, client), type: 'JWT', claims });
  }
}

/** JARM §3: RS256 for a client that registered none, where the tenant has it and the client's profile allows it. */
function algorithmOf({ settings }: Tenant, { authorization_signed_response_alg, profile }: Client): SigningAlgorithm {
  const { algorithms } = settings.keys;
  const allowed = algorithms.filter((each) => profile.algorithms?.includes(each) ?? true);
  return (
    allowed.find((each) => each === (authorization_signed_response_alg ?? 'RS256')) ?? allowed[0] ?? algorithms[0]!
  );
}

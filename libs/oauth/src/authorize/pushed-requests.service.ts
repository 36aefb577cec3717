/** @spec RFC 9126 §2.1, §2.2, RFC 9449 §10.1, FAPI 2.0 SP §5.3.2.2 — the rules hold when a request is pushed, and it is opened soon (S-110, S-111). */
import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { Clock, newId, randomToken, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import type { Parameters } from '../endpoints/form-parameters';
import { pinDpopJkt } from '../rules/dpop-jkt';
import { PUSHED_REQUEST_PREFIX } from '../rules/request-uri';
import type { Confirmation } from '../tokens/confirmation';
import { AuthorizationRequest } from './authorization-request';
import { AuthorizationRequests } from './authorization-requests.service';
import { PushedRequestsRepository } from './pushed-requests.repository';

/** Whatever the tenant says. */
const MAX_SECONDS = 90;
/** What proves the client is no part of the request, and is not kept. */
const CREDENTIALS: ReadonlySet<string> = new Set(['client_secret', 'client_assertion', 'client_assertion_type']);

/** RFC 9126 §2.2. */
export interface PushedResponse {
  request_uri: string;
  expires_in: number;
}

@Injectable()
export class PushedRequests {
  constructor(
    private readonly requests: AuthorizationRequests,
    private readonly repository: PushedRequestsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps what an authenticated client asks for; throws `OAuthError` for what the authorization endpoint would refuse.
   * A key that it has proven to hold is pinned, also where a request object says nothing of it (RFC 9449 §10.1).
   */
  async push(tenant: Tenant, client: Client, parameters: Parameters, proven?: Confirmation): Promise<PushedResponse> {
    const asked = parameters.with('client_id', client.client_id);
    const request = new AuthorizationRequest(asked);
    request.arrival = 'push';
    request.client = client;
    await this.requests.narrowPushed(tenant, request);
    const reference = randomToken('tpr');
    const expires_in = Math.min(tenant.settings.lifetimes.pushedRequestSeconds, MAX_SECONDS);
    const createdAt = this.clock.now();
    await this.repository.insert({
      tenantId: tenant.id,
      id: newId(),
      hash: sha256(reference),
      clientId: client.id,
      parameters: pinDpopJkt(request.parameters, proven).without(CREDENTIALS).toJSON(),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + expires_in * 1000),
    });
    return { request_uri: PUSHED_REQUEST_PREFIX + reference, expires_in };
  }
}

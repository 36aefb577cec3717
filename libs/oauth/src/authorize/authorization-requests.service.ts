/** @spec RFC 6749 §4.1.2.1 — where a failed rule is told: to the user while the redirect is not safe, then to the client. */
import { Injectable } from '@nestjs/common';
import { ClientsService } from '@tokenidp/clients';
import { Clock, OAuthError } from '@tokenidp/kernel';
import { Verifier } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import type { AuthorizationContext, AuthorizationRequest, AuthorizationRule } from './authorization-request';
import { AuthorizationResponses } from './authorization-responses.service';
import { afterRedirect, applyRules, beforeRedirect, onPush } from './authorize.pipeline';
import { type AuthorizationOutcome, SessionPort } from './interaction';
import { PushedRequestsRepository } from './pushed-requests.repository';
import { RequestObjects } from './request-objects.service';

@Injectable()
export class AuthorizationRequests {
  constructor(
    private readonly clients: ClientsService,
    private readonly verifier: Verifier,
    private readonly sessions: SessionPort,
    private readonly responses: AuthorizationResponses,
    private readonly pushedRequests: PushedRequestsRepository,
    private readonly requestObjects: RequestObjects,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies the rules to the request: null when all of them hold. Reads nothing that is not in memory, when warm, but
   * the request itself where it was pushed or is kept elsewhere.
   */
  async narrow(tenant: Tenant, request: AuthorizationRequest): Promise<AuthorizationOutcome | null> {
    const context = this.contextOf(tenant);
    try {
      await applyRules(beforeRedirect, request, context);
    } catch (error) {
      return { kind: 'error-page', error: asOAuthError(error), client: request.client };
    }
    try {
      await applyRules(afterRedirect, request, context);
      return null;
    } catch (error) {
      return this.responses.refusal(tenant, request, asOAuthError(error), false);
    }
  }

  /** The rules for a request that its client pushes; throws the first failure, for it is told to nobody else. */
  narrowPushed(tenant: Tenant, request: AuthorizationRequest): Promise<void> {
    return applyRules(onPush, request, this.contextOf(tenant));
  }

  /** For a request that is not answered through a redirect: throws the `OAuthError` of the first rule that fails. */
  apply(rules: readonly AuthorizationRule[], tenant: Tenant, request: AuthorizationRequest): Promise<void> {
    return applyRules(rules, request, this.contextOf(tenant));
  }

  private contextOf(tenant: Tenant): AuthorizationContext {
    const { clients, verifier, pushedRequests, requestObjects } = this;
    const nowSeconds = this.clock.nowSeconds();
    return {
      tenant,
      nowSeconds,
      clients,
      verifier,
      pushedRequests,
      requestObjects,
      acrValues: this.sessions.acrValues,
    };
  }
}

/** Anything else that is thrown is no answer for a client. */
function asOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  throw error;
}

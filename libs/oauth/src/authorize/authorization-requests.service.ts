/** @spec RFC 6749 §4.1.2.1 — where a failed rule is told: to the user while the redirect is not safe, then to the client. */
import { Injectable } from '@nestjs/common';
import { ClientsService } from '@tokenidp/clients';
import { OAuthError } from '@tokenidp/kernel';
import { Verifier } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import type { AuthorizationRequest } from './authorization-request';
import { errorOutcome } from './authorization-response';
import { afterRedirect, applyRules, beforeRedirect } from './authorize.pipeline';
import { type AuthorizationOutcome, SessionPort } from './interaction';

@Injectable()
export class AuthorizationRequests {
  constructor(
    private readonly clients: ClientsService,
    private readonly verifier: Verifier,
    private readonly sessions: SessionPort,
  ) {}

  /** Applies the rules to the request: null when all of them hold. Reads nothing that is not in memory, when warm. */
  async narrow(tenant: Tenant, request: AuthorizationRequest): Promise<AuthorizationOutcome | null> {
    const { clients, verifier } = this;
    const context = { tenant, clients, verifier, acrValues: this.sessions.acrValues };
    try {
      await applyRules(beforeRedirect, request, context);
    } catch (error) {
      return { kind: 'error-page', error: asOAuthError(error), client: request.client };
    }
    try {
      await applyRules(afterRedirect, request, context);
      return null;
    } catch (error) {
      return errorOutcome(tenant, request, asOAuthError(error), false);
    }
  }
}

/** Anything else that is thrown is no answer for a client. */
function asOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  throw error;
}

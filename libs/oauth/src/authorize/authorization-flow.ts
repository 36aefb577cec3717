/** @spec OAuth 2.1 §4.1.2, OIDC Core §3.1.2.3 — from a request and a session to an answer, or to what is needed first. */
import { Injectable } from '@nestjs/common';
import type { OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { DeviceDecisions } from '../device/device-decisions.service';
import { AuthorizationAnswers } from './authorization-answers.service';
import type { Attempt } from './authorization-attempt';
import { type Assessment, AuthorizationDecisions } from './authorization-decisions.service';
import type { AuthorizationRequest } from './authorization-request';
import { AuthorizationRequests } from './authorization-requests.service';
import type { AuthorizationOutcome } from './interaction';

@Injectable()
export class AuthorizationFlow {
  constructor(
    private readonly requests: AuthorizationRequests,
    private readonly decisions: AuthorizationDecisions,
    private readonly answers: AuthorizationAnswers,
    private readonly devices: DeviceDecisions,
  ) {}

  /** Null when all rules hold, else where the failure is told. */
  narrow(tenant: Tenant, request: AuthorizationRequest): Promise<AuthorizationOutcome | null> {
    return (request.deviceAuthorizationId === undefined ? this.requests : this.devices).narrow(tenant, request);
  }

  assess(attempt: Attempt): Promise<Assessment> {
    return this.decisions.assess(attempt);
  }

  /** The answer to the client, or null when the user has something to do first. */
  async advance(attempt: Attempt): Promise<AuthorizationOutcome | null> {
    const { decision, consented } = await this.decisions.assess(attempt);
    switch (decision.kind) {
      case 'proceed':
        return this.answersTo(attempt).grant({ ...attempt, session: decision.session, acr: decision.acr, consented });
      case 'refuse':
        return this.refuse(attempt, decision.error);
      case 'login':
      case 'password':
      case 'consent':
        return null;
    }
  }

  refuse(attempt: Attempt, error: OAuthError): Promise<AuthorizationOutcome> {
    return this.answersTo(attempt).refuse(attempt, error);
  }

  private answersTo({ request }: Attempt): AuthorizationAnswers | DeviceDecisions {
    return request.deviceAuthorizationId === undefined ? this.answers : this.devices;
  }
}

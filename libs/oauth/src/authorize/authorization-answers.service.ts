/** @spec OAuth 2.1 §4.1.2, §4.1.2.1 — the answer to the client: a code or an error, and from an interaction only one of them, once. */
import { Injectable } from '@nestjs/common';
import { AuditService } from '@tokenidp/audit';
import type { Transaction } from '@tokenidp/database';
import { OAuthError } from '@tokenidp/kernel';
import { askedOf, type ConsentedScopes } from '../consents/consented-scopes';
import { Consents } from '../consents/consents.service';
import { AuthorizationCodes } from '../tokens/authorization-codes.service';
import type { Attempt } from './authorization-attempt';
import { AuthorizationResponses } from './authorization-responses.service';
import { type AuthenticatedSession, type AuthorizationOutcome, SessionPort } from './interaction';
import { InteractionsRepository } from './interactions.repository';
import { PushedRequestsRepository } from './pushed-requests.repository';
import { sessionState } from './session-state';

/** An attempt of which everything is met. */
export interface GrantedAttempt extends Attempt {
  session: AuthenticatedSession;
  acr: string;
  /** what was allowed before this request */
  consented: ConsentedScopes | null;
}

@Injectable()
export class AuthorizationAnswers {
  constructor(
    private readonly codes: AuthorizationCodes,
    private readonly consents: Consents,
    private readonly interactions: InteractionsRepository,
    private readonly audit: AuditService,
    private readonly responses: AuthorizationResponses,
    private readonly pushedRequests: PushedRequestsRepository,
    private readonly sessions: SessionPort,
  ) {}

  /** The code. Without an interaction, and not pushed, it costs one statement. */
  async grant(granted: GrantedAttempt): Promise<AuthorizationOutcome> {
    const { tenant, request, interaction, session } = granted;
    const code = interaction
      ? await this.interactions.spend(tenant.id, interaction.id, (tx) => this.issueOnce(granted, tx))
      : await this.issueOnce(granted);
    if (code === null) return spentOutcome(granted);
    const session_state = sessionState(request, this.sessions.browserState(tenant, session));
    return { kind: 'respond', response: await this.responses.code(tenant, request, code, session_state) };
  }

  /** The error. What the user has a hand in, a sign-in or a refusal, sends the browser back by itself (S-026). */
  async refuse(attempt: Attempt, error: OAuthError): Promise<AuthorizationOutcome> {
    const { tenant, request, interaction, session } = attempt;
    if (interaction && !(await this.interactions.redeem(tenant.id, interaction.id))) return spentOutcome(attempt);
    const { pushedRequestId } = request;
    if (pushedRequestId && !(await this.pushedRequests.redeem(tenant.id, pushedRequestId)))
      return spentOutcome(attempt);
    const isDenial = error.error === 'access_denied';
    if (isDenial) await this.recordDenial(attempt);
    const signedIn = interaction !== undefined && session !== null && session.authTime >= interaction.createdAt;
    return this.responses.refusal(tenant, request, error, isDenial || signedIn);
  }

  /** A pushed request has one answer, however often it was opened (S-111); null when that was given. */
  private async issueOnce(granted: GrantedAttempt, tx?: Transaction): Promise<string | null> {
    const { tenant, request } = granted;
    const id = request.pushedRequestId;
    if (id === undefined) return this.issue(granted, tx);
    if (!tx) return this.pushedRequests.spend(tenant.id, id, (within) => this.issue(granted, within));
    return (await this.pushedRequests.redeem(tenant.id, id, tx)) ? this.issue(granted, tx) : null;
  }

  private async issue(granted: GrantedAttempt, tx?: Transaction): Promise<string> {
    const { tenant, request, session, acr, context, answer } = granted;
    if (tx && answer?.consent === 'allow') await this.remember(granted, tx);
    const { client, scopes, resources, authorizationDetails, claims, parameters } = request;
    const { codeChallenge, nonce, dpopJkt } = request;
    const asked = { client, scopes, resources, authorizationDetails, claims, codeChallenge, nonce, dpopJkt };
    const redirectUri = parameters.get('redirect_uri');
    return this.codes.issue(tenant, { ...asked, redirectUri, session, acr, context }, tx);
  }

  private remember({ tenant, request, session, consented, context }: GrantedAttempt, tx: Transaction): Promise<void> {
    const key = { tenantId: tenant.id, userId: session.userId, clientId: request.client.id };
    const given = { ...key, asked: askedOf(request), consented, sessionId: session.id, context };
    return this.consents.remember(given, tx);
  }

  private recordDenial({ tenant, request, session, context }: Attempt): Promise<void> {
    return this.audit.record(tenant.id, {
      event: 'authorization.granted',
      result: 'failure',
      actor: session ? { type: 'user', id: session.userId } : { type: 'system' },
      clientId: request.client.id,
      sessionId: session?.id,
      request: context,
    });
  }
}

function spentOutcome({ request: { client, pushedRequestId } }: Attempt): AuthorizationOutcome {
  const error = pushedRequestId
    ? new OAuthError('invalid_request_uri', 'this request has been answered')
    : new OAuthError('invalid_request', 'this sign-in page has been used or has expired');
  return { kind: 'error-page', error, client };
}

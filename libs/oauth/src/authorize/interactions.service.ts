/** @spec OIDC Core §3.1.2.3, §3.1.2.4, §16.11 — a request on the pages: the rules and the decision are made anew each time. */
import { Injectable } from '@nestjs/common';
import { Clock, equalConstantTime, isId, OAuthError } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { Parameters } from '../endpoints/form-parameters';
import { contextOf } from '../endpoints/protocol-reply';
import type { Attempt } from './authorization-attempt';
import { AuthorizationFlow } from './authorization-flow';
import { AuthorizationRequest } from './authorization-request';
import {
  type AuthorizationOutcome,
  type ConsentDecision,
  type InteractionCall,
  type InteractionGone,
  Interactions,
  type InteractionView,
} from './interaction';
import { browserHashOf } from './interaction-cookie';
import { interactionUrl } from './interaction-starts.service';
import { interactionView } from './interaction-view';
import { type InteractionRow, InteractionsRepository } from './interactions.repository';

type Opened = { attempt: Attempt & { interaction: InteractionRow } } | { gone: InteractionGone } | FailedRules;
interface FailedRules {
  attempt: Attempt;
  failure: AuthorizationOutcome;
}

@Injectable()
export class InteractionsService extends Interactions {
  constructor(
    private readonly flow: AuthorizationFlow,
    private readonly interactions: InteractionsRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async find(tenant: Tenant, call: InteractionCall): Promise<InteractionView | InteractionGone> {
    const opened = await this.open(tenant, call);
    if ('gone' in opened) return opened.gone;
    const { attempt } = opened;
    if ('failure' in opened) return goneOf(attempt.request);
    const { decision, consented } = await this.flow.assess(attempt);
    const { request } = attempt;
    return interactionView({ tenant, row: opened.attempt.interaction, request, decision, consented });
  }

  override async resume(
    tenant: Tenant,
    call: InteractionCall,
    answer?: ConsentDecision,
  ): Promise<AuthorizationOutcome> {
    const opened = await this.open(tenant, call);
    if ('gone' in opened) return goneOutcome(opened.gone);
    if ('failure' in opened) return opened.failure;
    const attempt = { ...opened.attempt, answer };
    if (answer?.consent === 'deny') return this.flow.refuse(attempt, denied());
    return (await this.flow.advance(attempt)) ?? { kind: 'interaction', url: interactionUrl(tenant, call.id) };
  }

  override async cancel(tenant: Tenant, call: InteractionCall): Promise<AuthorizationOutcome> {
    const opened = await this.open(tenant, call);
    if ('gone' in opened) return goneOutcome(opened.gone);
    return 'failure' in opened ? opened.failure : this.flow.refuse(opened.attempt, denied());
  }

  /** One read. The browser is looked at first: to another one, a known interaction is like an unknown one. */
  private async open(tenant: Tenant, { id, request: http, session }: InteractionCall): Promise<Opened> {
    const interaction = isId(id) ? await this.interactions.find(tenant.id, id) : null;
    if (!interaction) return { gone: { gone: 'expired' } };
    const browserHash = browserHashOf(tenant, http);
    if (browserHash === null || !equalConstantTime(browserHash, interaction.browserHash)) {
      return { gone: { gone: 'browser' } };
    }
    const request = new AuthorizationRequest(Parameters.restore(interaction.parameters));
    request.arrival = 'interaction';
    request.pushedRequestId = interaction.pushedRequestId ?? undefined;
    request.deviceAuthorizationId = interaction.deviceAuthorizationId ?? undefined;
    const failure = await this.flow.narrow(tenant, request);
    if (interaction.redeemedAt !== null || interaction.expiresAt <= this.clock.now()) {
      return { gone: goneOf(request) };
    }
    const attempt = { tenant, request, session, context: contextOf(http), interaction };
    return failure ? { attempt, failure } : { attempt };
  }
}

function goneOf({ client, deviceAuthorizationId }: AuthorizationRequest): InteractionGone {
  return { gone: 'expired', client, isDevice: deviceAuthorizationId !== undefined };
}

function denied(): OAuthError {
  return new OAuthError('access_denied', 'the user did not allow the request');
}

function goneOutcome({ gone, client }: InteractionGone): AuthorizationOutcome {
  const description =
    gone === 'browser'
      ? 'this sign-in was started in another browser'
      : 'this sign-in page has been used or has expired';
  return { kind: 'error-page', error: new OAuthError('invalid_request', description), client };
}

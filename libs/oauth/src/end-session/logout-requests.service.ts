/** @spec OIDC RP-Initiated Logout §2 — reads a logout request; nothing in it has an effect before it is verified. */
import { Injectable } from '@nestjs/common';
import { ClientsService } from '@tokenidp/clients';
import { Verifier } from '@tokenidp/keys';
import type { Tenant } from '@tokenidp/tenancy';
import { type FormSource, Parameters } from '../endpoints/form-parameters';
import type { LogoutConfirmation } from './logout-confirmations';
import { logoutClientId, logoutHintOf, type LogoutRequest, logoutRequest } from './logout-request';

@Injectable()
export class LogoutRequests {
  constructor(
    private readonly clients: ClientsService,
    private readonly verifier: Verifier,
  ) {}

  /** Throws `OAuthError` for what belongs on an error page. */
  async read(tenant: Tenant, source: FormSource): Promise<LogoutRequest> {
    const parameters = Parameters.parse(source);
    const sent = parameters.get('id_token_hint');
    const token = sent ? await this.verifier.verify(tenant, sent, { type: 'JWT', ignoreExpiry: true }) : null;
    const hint = logoutHintOf(token);
    const clientId = logoutClientId(parameters, hint);
    const client = clientId === undefined ? null : await this.clients.find(tenant.id, clientId);
    return logoutRequest(parameters, hint, client);
  }

  /** What was verified before it went through the browser. */
  async restore(tenant: Tenant, confirmation: LogoutConfirmation): Promise<LogoutRequest> {
    const { clientId, subject, redirectUri, state } = confirmation;
    const client = clientId === undefined ? null : await this.clients.find(tenant.id, clientId);
    return { client: client ?? undefined, subject, redirectUri, state };
  }
}

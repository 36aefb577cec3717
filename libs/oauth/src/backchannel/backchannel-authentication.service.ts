/** @spec CIBA Core §7.1, §7.3 — a client asks about a user who is elsewhere: 256 bits to ask again with (S-159, S-160). */
import { Injectable } from '@nestjs/common';
import { auditParameters } from '@tokenidp/audit';
import { type Client, deliveryModesOf } from '@tokenidp/clients';
import { Database } from '@tokenidp/database';
import { Clock, newId, OAuthError, randomToken, type RequestContext, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { askedParameters } from '../authorize/asked-parameters';
import { AuthorizationRequest } from '../authorize/authorization-request';
import { AuthorizationRequests } from '../authorize/authorization-requests.service';
import { backchannelAuthentication } from '../authorize/authorize.pipeline';
import type { Parameters } from '../endpoints/form-parameters';
import { AnswerNotices } from './answer-notices';
import { BackchannelHints } from './backchannel-hints.service';
import { BackchannelLimit } from './backchannel-limit';
import { BackchannelRequestsRepository, type NewBackchannelRequest } from './backchannel-requests.repository';
import { BackchannelUserCode } from './backchannel-user-code';
import { ClientNotifications } from './client-notifications';
import { bindingMessageOf, hintOf, lifetimeSeconds, notificationTokenOf, userCodeOf } from './request-members';
import { SignedBackchannelRequests } from './signed-requests.service';

const INTERVAL_SECONDS = 5;

export interface BackchannelAuthenticationCall {
  tenant: Tenant;
  /** authenticated, active, and allowed to use the grant */
  client: Client;
  /** the form */
  parameters: Parameters;
  context: RequestContext;
}

/** CIBA Core §7.3. */
export interface BackchannelAuthenticationResponse {
  auth_req_id: string;
  /** seconds */
  expires_in: number;
  /** seconds; absent for a client that must not ask, as its tokens are pushed */
  interval?: number;
}

/** A request whose rules all hold. */
interface Asked {
  request: AuthorizationRequest;
  userId: string | null;
  bindingMessage: string | null;
  token: string | null;
  seconds: number;
}

@Injectable()
export class BackchannelAuthentication {
  constructor(
    private readonly repository: BackchannelRequestsRepository,
    private readonly signed: SignedBackchannelRequests,
    private readonly requests: AuthorizationRequests,
    private readonly hints: BackchannelHints,
    private readonly userCode: BackchannelUserCode,
    private readonly limit: BackchannelLimit,
    private readonly notifications: ClientNotifications,
    private readonly notices: AnswerNotices,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Throws `OAuthError` before anything is written. */
  async open(call: BackchannelAuthenticationCall): Promise<BackchannelAuthenticationResponse> {
    const asked = await this.narrow(call);
    const auth_req_id = randomToken('tbr');
    await this.write(call, this.newRow(call, asked, auth_req_id));
    const response = { auth_req_id, expires_in: asked.seconds };
    return isPushed(call.client) ? response : { ...response, interval: INTERVAL_SECONDS };
  }

  private async write({ client }: BackchannelAuthenticationCall, row: NewBackchannelRequest): Promise<void> {
    if (!isPushed(client)) return this.repository.open(row);
    const { tenantId, id, expiresAt } = row;
    await this.database.transaction(async (tx) => {
      await this.repository.open(row, tx);
      await this.notices.enqueueExpiry({ tenantId, id, client, expiresAt }, tx);
    });
  }

  private async narrow({ tenant, client, parameters: form, context }: BackchannelAuthenticationCall): Promise<Asked> {
    if (isPushed(client) && !deliveryModesOf(tenant).includes('push')) {
      throw new OAuthError('unauthorized_client', 'tokens are not pushed here');
    }
    const parameters = await this.signed.read(tenant, client, form);
    const hint = hintOf(parameters);
    const code = userCodeOf(parameters, client);
    const bindingMessage = bindingMessageOf(parameters);
    const token = notificationTokenOf(parameters, client);
    const seconds = lifetimeSeconds(parameters, tenant.settings.lifetimes.backchannelSeconds);
    const request = new AuthorizationRequest(parameters);
    request.client = client;
    await this.requests.apply(backchannelAuthentication, tenant, request);
    if (!request.scopes.has('openid')) throw new OAuthError('invalid_scope', 'scope must hold openid');
    const user = await this.hints.find(tenant, client, hint);
    const attempt = { tenant, user, hint, context };
    // First, so that nobody's allowance is used up by those who do not know their code.
    if (code !== null) await this.userCode.check(client, attempt, code);
    await this.limit.take(attempt);
    return { request, userId: user?.id ?? null, bindingMessage, token, seconds };
  }

  private newRow({ tenant, client, context }: BackchannelAuthenticationCall, asked: Asked, auth_req_id: string) {
    const { request, userId, bindingMessage, token, seconds } = asked;
    const [id, now] = [newId(), this.clock.now()];
    return {
      ...{ tenantId: tenant.id, id, clientId: client.id, userId, authReqIdHash: sha256(auth_req_id) },
      ...{ parameters: askedParameters(request), bindingMessage, intervalSeconds: INTERVAL_SECONDS, now },
      notification:
        token === null ? null : this.notifications.seal({ tenantId: tenant.id, id }, { auth_req_id, token }),
      expiresAt: new Date(now.getTime() + seconds * 1000),
      ...auditParameters(
        tenant.id,
        {
          ...{ event: 'backchannel-request.opened', result: 'success', clientId: client.id, request: context },
          actor: { type: 'client', id: client.client_id },
          target: { type: 'backchannel_request', id },
          detail: { scope: [...request.scopes].join(' '), resources: request.resources },
        },
        now,
      ),
    };
  }
}

function isPushed({ backchannel_token_delivery_mode: mode }: Client): boolean {
  return mode === 'push';
}

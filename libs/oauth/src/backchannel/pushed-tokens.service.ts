/** @spec CIBA Core §10.3.1, §12 — what is pushed: tokens that are issued once, however often they are sent, or why there are none. */
import { Injectable } from '@nestjs/common';
import type { Client } from '@tokenidp/clients';
import { Database } from '@tokenidp/database';
import { Clock, OAuthError, parseScope, sha256 } from '@tokenidp/kernel';
import type { Tenant } from '@tokenidp/tenancy';
import { Parameters } from '../endpoints/form-parameters';
import { CIBA } from '../grants/ciba.grant';
import { ExchangesRepository } from '../tokens/exchanges.repository';
import { grantedIn } from '../tokens/polled-exchange.service';
import { type PolledRequest, PollsRepository } from '../tokens/polls.repository';
import { RefreshTokens } from '../tokens/refresh-tokens';
import { UserTokens } from '../tokens/user-tokens';
import { BackchannelRequestsRepository } from './backchannel-requests.repository';
import { ClientNotifications, type Notification } from './client-notifications';

const NO_PARAMETERS = Parameters.restore({});
/** CIBA Core §12; anything else that is wrong by now is `transaction_failed`. */
const PUSHED_ERRORS: ReadonlySet<string> = new Set(['access_denied', 'expired_token']);

export interface PushOrder {
  tenant: Tenant;
  client: Client;
  /** of the request */
  id: string;
  notification: Notification;
}

@Injectable()
export class PushedTokens {
  constructor(
    private readonly polls: PollsRepository,
    private readonly exchanges: ExchangesRepository,
    private readonly requests: BackchannelRequestsRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly userTokens: UserTokens,
    private readonly notifications: ClientNotifications,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The body to push; null when there is nothing any more. Rejects when another instance was faster. */
  async redeem(order: PushOrder): Promise<Record<string, unknown> | null> {
    const { tenant, client, notification } = order;
    const asked = { tenantId: tenant.id, hash: sha256(notification.auth_req_id), clientId: client.id };
    const now = this.clock.now();
    const answered = await this.polls.poll('backchannel_request', { ...asked, now });
    if (!answered || answered.redeemedAt !== null) return null;
    try {
      return await this.issue(order, answered, now);
    } catch (error) {
      if (error instanceof OAuthError) return failureOf(notification, error);
      throw error;
    }
  }

  /** The body that tells of a request's end; null when somebody has answered it. Rejects before its time. */
  async expire({ tenant, client, notification }: PushOrder): Promise<Record<string, unknown> | null> {
    const now = this.clock.now();
    const asked = { tenantId: tenant.id, hash: sha256(notification.auth_req_id), clientId: client.id, now };
    const polled = await this.polls.poll('backchannel_request', asked);
    if (polled?.state !== 'pending') return null;
    if (polled.expiresAt > now) throw new Error('the request has not expired yet');
    return failureOf(notification, new OAuthError('expired_token', 'nobody has answered the request in time'));
  }

  /** Spends the request, and keeps what it has bought in the same transaction, sealed, for another attempt to send. */
  private async issue(order: PushOrder, answered: PolledRequest, now: Date): Promise<Record<string, unknown>> {
    const { tenant, client, id, notification } = order;
    const { scope, standing } = grantedIn(answered, now);
    const scopes = parseScope(scope);
    const request = { tenant, client, parameters: NO_PARAMETERS, now };
    const refresh = this.refreshTokens.mayHave(client, scopes) ? this.refreshTokens.first(request, scope) : null;
    const pushedWith = { authReqId: notification.auth_req_id, refreshToken: refresh?.token };
    const drafted = { request, grantType: CIBA, standing, scopes, pushed: pushedWith };
    const { response, record } = await this.userTokens.draft(drafted);
    const { auth_req_id } = notification;
    const pushed = { auth_req_id, ...response, ...(refresh && { refresh_token: refresh.token }) };
    const sealed = this.notifications.seal({ tenantId: tenant.id, id }, { ...notification, pushed });
    await this.database.transaction(async (tx) => {
      const key = { table: 'backchannel_request', id } as const;
      if (!(await this.exchanges.redeemPolled(key, record, refresh?.row ?? null, tx)))
        throw new Error('redeemed already');
      await this.requests.keepNotification({ tenantId: tenant.id, id, notification: sealed }, tx);
    });
    return pushed;
  }
}

function failureOf({ auth_req_id }: Notification, { error, description }: OAuthError): Record<string, unknown> {
  if (PUSHED_ERRORS.has(error)) return { auth_req_id, error, error_description: description };
  return {
    auth_req_id,
    error: 'transaction_failed',
    error_description: 'there is nothing to be had for this any more',
  };
}

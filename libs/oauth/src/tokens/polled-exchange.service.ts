import { Injectable } from '@nestjs/common';
import { OAuthError, parseScope, sha256 } from '@tokenidp/kernel';
import type { TokenRequest, TokenResponse } from '../grants/grant';
import { ExchangesRepository } from './exchanges.repository';
import { type PolledRequest, PollsRepository, type PolledTable } from './polls.repository';
import { RefreshTokens } from './refresh-tokens';
import { UserTokens } from './user-tokens';

export interface PolledOrder {
  readonly request: TokenRequest;
  readonly grantType: string;
  readonly table: PolledTable;
  /** what the client asks by, of the right form */
  readonly code: string;
}

/**
 * @spec RFC 8628 §3.4, §3.5, CIBA Core §10.1, §11 — a client asks until its user has decided, and gets tokens once. Who
 * asks too often is told to slow down, and from then on has to wait longer.
 */
@Injectable()
export class PolledExchange {
  constructor(
    private readonly polls: PollsRepository,
    private readonly exchanges: ExchangesRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly userTokens: UserTokens,
  ) {}

  async exchange({ request, grantType, table, code }: PolledOrder): Promise<TokenResponse> {
    const { tenant, client, now } = request;
    const polled = await this.polls.poll(table, { tenantId: tenant.id, hash: sha256(code), clientId: client.id, now });
    if (!polled || polled.redeemedAt !== null) throw refused();
    const { scope, standing } = grantedIn(polled, now);
    const scopes = parseScope(scope);
    const { response, record } = await this.userTokens.draft({ request, grantType, standing, scopes });
    const refresh = this.refreshTokens.mayHave(client, scopes) ? this.refreshTokens.first(request, scope) : null;
    const key = { table, id: polled.id };
    if (!(await this.exchanges.redeemPolled(key, record, refresh?.row ?? null))) throw refused();
    return refresh ? { ...response, refresh_token: refresh.token } : response;
  }
}

/** S-163: what was granted, if it still stands. Throws `OAuthError`. */
export function grantedIn(
  { state, expiresAt, isEarly, granted }: PolledRequest,
  now: Date,
): NonNullable<PolledRequest['granted']> {
  if (state === 'denied') throw new OAuthError('access_denied', 'the user did not allow the request');
  if (expiresAt <= now) throw new OAuthError('expired_token', 'the request has expired');
  if (state === 'pending' && !isEarly) throw new OAuthError('authorization_pending', 'the user has not decided yet');
  if (state === 'pending') throw new OAuthError('slow_down', 'wait five seconds longer between two requests');
  if (!granted?.standing.stands) throw refused();
  return granted;
}

/** The same for a request that is unknown, another client's, or spent. */
export function refused(): OAuthError {
  return new OAuthError('invalid_grant', 'there is nothing to be had for this any more, or there never was');
}

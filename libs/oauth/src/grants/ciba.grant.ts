import { Injectable } from '@nestjs/common';
import { hasTokenForm, OAuthError } from '@tokenidp/kernel';
import { PolledExchange, refused } from '../tokens/polled-exchange.service';
import type { Grant, TokenRequest, TokenResponse } from './grant';

export const CIBA = 'urn:openid:params:grant-type:ciba';

/** @spec CIBA Core §10.1, §11 — a client asks for what its user is asked elsewhere; a ping only tells it when (S-159, S-162). */
@Injectable()
export class CibaGrant implements Grant {
  readonly grantType = CIBA;
  readonly parameters = ['auth_req_id', 'resource', 'authorization_details'];
  readonly repeatable = ['resource'];

  constructor(private readonly polled: PolledExchange) {}

  async exchange(request: TokenRequest): Promise<TokenResponse> {
    if (request.client.backchannel_token_delivery_mode === 'push') {
      throw new OAuthError('unauthorized_client', 'the tokens of this client are pushed to it');
    }
    const code = request.parameters.get('auth_req_id');
    if (code === undefined) throw new OAuthError('invalid_request', 'auth_req_id is missing');
    if (!hasTokenForm('tbr', code)) throw refused();
    return this.polled.exchange({ request, grantType: this.grantType, table: 'backchannel_request', code });
  }
}

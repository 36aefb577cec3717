import { Injectable } from '@nestjs/common';
import { hasTokenForm, OAuthError } from '@tokenidp/kernel';
import { PolledExchange, refused } from '../tokens/polled-exchange.service';
import type { Grant, TokenRequest, TokenResponse } from './grant';

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';

/** @spec RFC 8628 §3.4, §3.5, §5.2 — a device asks with its code, until its user has decided (S-156, S-158). */
@Injectable()
export class DeviceCodeGrant implements Grant {
  readonly grantType = DEVICE_CODE;
  readonly parameters = ['device_code', 'resource', 'authorization_details'];
  readonly repeatable = ['resource'];

  constructor(private readonly polled: PolledExchange) {}

  async exchange(request: TokenRequest): Promise<TokenResponse> {
    const code = request.parameters.get('device_code');
    if (code === undefined) throw new OAuthError('invalid_request', 'device_code is missing');
    if (!hasTokenForm('tdc', code)) throw refused();
    return this.polled.exchange({ request, grantType: this.grantType, table: 'device_authorization', code });
  }
}

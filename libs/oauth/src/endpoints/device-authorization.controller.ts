import { Controller, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { OAuthError, Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REPEATABLE } from '../authorize/authorize.pipeline';
import { ClientAuthenticator } from '../client-auth/client-authenticator';
import { DeviceAuthorizations } from '../device/device-authorizations.service';
import { DEVICE_CODE } from '../grants/device-code.grant';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { type FormSource, Parameters } from './form-parameters';
import { DEVICE_AUTHORIZATION_PATH } from './paths';
import { contextOf, sendJson } from './protocol-reply';

/** @spec RFC 8628 §3.1, §3.2 — the device authorization endpoint: the client proves itself as at the token endpoint. */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class DeviceAuthorizationController {
  constructor(
    private readonly clientAuth: ClientAuthenticator,
    private readonly devices: DeviceAuthorizations,
  ) {}

  @Post(DEVICE_AUTHORIZATION_PATH)
  @HttpCode(200)
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const context = contextOf(request);
    const parameters = Parameters.parse(request.body as FormSource, REPEATABLE);
    const { authorization } = request.headers;
    const call = { tenant, authorization, parameters, http: request };
    const client = await this.clientAuth.authenticate(call, context);
    if (!client.grant_types.includes(DEVICE_CODE)) {
      throw new OAuthError('unauthorized_client', 'the client may not use the device flow');
    }
    sendJson(reply, JSON.stringify(await this.devices.open({ tenant, client, parameters, context })));
  }
}

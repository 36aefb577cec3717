import { Controller, Get, HttpCode, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { KeysService } from '@tokenidp/keys';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { sendCacheable } from './cacheable-reply';
import { JWKS_PATH } from './paths';

/** @spec RFC 7517 §5, OIDC Core §10.1.1 — the tenant's public keys, from memory. */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class JwksController {
  constructor(private readonly keys: KeysService) {}

  @Get(JWKS_PATH)
  @HttpCode(200)
  async jwks(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendCacheable(request, reply, await this.keys.jwks(tenantOf(request).id));
  }
}

import { Controller, Get, HttpCode, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OAuthErrorFilter } from '../oauth-error.filter';
import { sendCacheable } from './cacheable-reply';
import { Documents } from './documents';
import { AUTHORIZATION_SERVER_PATH, JWKS_PATH, OPENID_CONFIGURATION_PATH } from './paths';

/**
 * @spec OIDC Discovery §4, RFC 8414 §3, RFC 7517 §5 — the metadata and the key set. What is in memory has been answered
 * by the protocol surface before it comes here.
 */
@Public()
@Controller()
@UseFilters(OAuthErrorFilter)
export class DocumentsController {
  constructor(private readonly documents: Documents) {}

  @Get([OPENID_CONFIGURATION_PATH, AUTHORIZATION_SERVER_PATH])
  @HttpCode(200)
  async metadata(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendCacheable(request, reply, await this.documents.metadata(tenantOf(request)));
  }

  @Get(JWKS_PATH)
  @HttpCode(200)
  async jwks(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    sendCacheable(request, reply, await this.documents.jwks(tenantOf(request)));
  }
}

import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ClientLogos, ClientsService } from '@tokenidp/clients';
import { ProblemError, Public } from '@tokenidp/kernel';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CLIENT_LOGO_PATH } from '../pages/client-links';

/** @spec RFC 7591 §2 — an app's logo for our pages, and for nothing else: alone it is a picture in a sandbox. */
@Public()
@Controller()
export class ClientLogoController {
  constructor(
    private readonly clients: ClientsService,
    private readonly logos: ClientLogos,
  ) {}

  @Get(CLIENT_LOGO_PATH)
  async find(
    @Req() request: FastifyRequest,
    @Query('client_id') clientId: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const client = typeof clientId === 'string' ? await this.clients.find(tenantOf(request).id, clientId) : null;
    const logo = client?.status === 'active' ? await this.logos.find(client) : null;
    if (!logo) throw new ProblemError('not-found', 'There is no such logo.');
    void reply
      .type(logo.type)
      .header('cache-control', 'public, max-age=3600')
      .header('cross-origin-resource-policy', 'same-origin')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
      )
      .send(logo.body);
  }
}

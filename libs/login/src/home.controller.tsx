import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { AuthorizationResponder, PageErrorFilter } from '@tokenidp/oauth';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageRenderer } from './page-renderer';
import { HomePage } from './pages/home';
import { SessionsService } from './sessions/sessions.service';

/** Where a person lands who comes without a request: the tenant's front door, and what bookmarks lead to. */
@Public()
@Controller()
@UseFilters(PageErrorFilter)
export class HomeController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly renderer: PageRenderer,
    private readonly responder: AuthorizationResponder,
  ) {}

  @Get()
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const session = await this.sessions.find(tenant, request);
    const page = this.renderer.render({ tenant, request }, {}, (frame) => (
      <HomePage frame={frame} view={{ user: session?.user.username, signOut: `${tenant.basePath}/logout` }} />
    ));
    this.responder.page(reply, page);
  }

  /** A kept address of a page that only an app's request leads to. */
  @Get(['login', 'consent', 'interaction'])
  bookmark(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.responder.redirect(reply, `${tenantOf(request).basePath}/`);
  }
}

/** @spec NIST SP 800-63B-4 §3.1.1.2, RFC 9700 §4.12 — another password, a session of its own, and on to the client; 303 after the form. */
import { Controller, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { AuthorizationResponder, PageErrorFilter } from '@tokenidp/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readForm } from '../forms';
import { NewPasswordPages } from './new-password-pages';
import { NewPasswordService } from './new-password.service';
import { OpenInteractions, pageUrl } from './open-interactions';
import { SignInService } from './sign-in.service';

@Public()
@Controller('interaction')
@UseFilters(PageErrorFilter)
export class NewPasswordController {
  constructor(
    private readonly opener: OpenInteractions,
    private readonly passwords: NewPasswordService,
    private readonly signIn: SignInService,
    private readonly pages: NewPasswordPages,
    private readonly responder: AuthorizationResponder,
  ) {}

  @Post(':id/password')
  async change(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { tenant, open, call } = await this.opener.open(id, request, reply);
    if (!open || !this.opener.isFor('password', open, reply)) return;
    if (!this.opener.isGenuine(open, form, reply, () => this.pages.show(open, { kind: 'renewed' }))) return;
    const browser = { tenant, request, reply };
    const result = await this.passwords.attempt(browser, open.session!, form);
    if (result.outcome === 'superseded') return this.responder.redirect(reply, pageUrl(tenant, id));
    if (result.outcome !== 'changed')
      return this.responder.page(reply, this.pages.show(open, { kind: 'refused', result }));
    // The session that was begun with the old password has ended with it.
    const session = await this.signIn.begin(browser, result, null);
    await this.opener.resume({ ...call, session }, reply);
  }
}

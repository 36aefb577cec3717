/** @spec Initiating User Registration §4 — a new account, the sign-in that comes with it, and on to the client; 303 after the form. */
import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { AuthorizationResponder, PageErrorFilter } from '@tokenidp/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readForm } from '../forms';
import { OpenInteractions } from './open-interactions';
import { RegisterPages } from './register-pages';
import { RegisterService } from './register.service';
import { SignInService } from './sign-in.service';

@Public()
@Controller('interaction')
@UseFilters(PageErrorFilter)
export class RegisterController {
  constructor(
    private readonly opener: OpenInteractions,
    private readonly registration: RegisterService,
    private readonly signIn: SignInService,
    private readonly pages: RegisterPages,
    private readonly responder: AuthorizationResponder,
  ) {}

  @Get(':id/register')
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { open } = await this.opener.open(id, request, reply);
    if (open && this.opener.isFor('register', open, reply)) this.responder.page(reply, this.pages.show(open));
  }

  @Post(':id/register')
  async register(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { tenant, open, call } = await this.opener.open(id, request, reply);
    if (!open || !this.opener.isFor('register', open, reply)) return;
    const renewed = () => this.pages.show(open, { kind: 'renewed', form });
    if (!this.opener.isGenuine(open, form, reply, renewed)) return;
    const browser = { tenant, request, reply };
    const result = await this.registration.attempt(browser, form);
    if (result.outcome !== 'registered') {
      return this.responder.page(reply, this.pages.show(open, { kind: 'refused', form, result }));
    }
    const session = await this.signIn.begin(browser, result, open.session);
    await this.opener.resume({ ...call, session }, reply);
  }
}

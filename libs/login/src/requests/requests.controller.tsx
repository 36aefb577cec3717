/** @spec CIBA Core §7.2, §10 — where a user who was asked about elsewhere says yes or no (S-161). */
import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import {
  type AuthenticatedSession,
  AuthorizationResponder,
  BackchannelRequests,
  bindBrowser,
  browserHashOf,
  PageErrorFilter,
} from '@tokenidp/oauth';
import { type Tenant, tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Csrf } from '../csrf';
import { readForm } from '../forms';
import { NewPasswordService } from '../interaction/new-password.service';
import { SignInService } from '../interaction/sign-in.service';
import type { RequestsView } from '../pages/requests';
import { requestContext } from '../request-context';
import { SessionsService } from '../sessions/sessions.service';
import { type RequestsCall, RequestsPages } from './requests-pages';

@Public()
@Controller('requests')
@UseFilters(PageErrorFilter)
export class RequestsController {
  constructor(
    private readonly requests: BackchannelRequests,
    private readonly sessions: SessionsService,
    private readonly signIn: SignInService,
    private readonly passwords: NewPasswordService,
    private readonly pages: RequestsPages,
    private readonly responder: AuthorizationResponder,
    private readonly csrf: Csrf,
  ) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const tenant = tenantOf(request);
    const browser = bindBrowser(tenant, request, reply);
    const session = await this.sessions.find(tenant, request);
    await this.answer({ tenant, request, browser }, reply, { session });
  }

  @Post('login')
  async login(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { tenant, call, isGenuine } = this.read(request, reply, form.get('csrf'));
    const username = form.get('username') ?? '';
    if (!isGenuine) return this.responder.page(reply, this.pages.login(call, { kind: 'renewed', username }));
    const browser = { tenant, request, reply };
    const result = await this.signIn.attempt(browser, form);
    if (result.outcome !== 'proved') {
      return this.responder.page(reply, this.pages.login(call, { kind: 'refused', username, result }));
    }
    await this.signIn.begin(browser, result, await this.sessions.find(tenant, request));
    this.responder.redirect(reply, `${tenant.basePath}/requests`);
  }

  /** Whoever has to choose another password does it before they answer for themselves. */
  @Post('password')
  async changePassword(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { tenant, call, isGenuine } = this.read(request, reply, form.get('csrf'));
    const session = await this.sessions.find(tenant, request);
    if (!session?.user.passwordExpiredAt) return this.responder.redirect(reply, `${tenant.basePath}/requests`);
    if (!isGenuine) return this.responder.page(reply, this.pages.newPassword(call, session, { kind: 'renewed' }));
    const browser = { tenant, request, reply };
    const result = await this.passwords.attempt(browser, session, form);
    if (result.outcome !== 'changed' && result.outcome !== 'superseded') {
      return this.responder.page(reply, this.pages.newPassword(call, session, { kind: 'refused', result }));
    }
    if (result.outcome === 'changed') await this.signIn.begin(browser, result, null);
    this.responder.redirect(reply, `${tenant.basePath}/requests`);
  }

  @Post(':id')
  async decide(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const { tenant, call, isGenuine } = this.read(request, reply, form.get('csrf'));
    const session = await this.sessions.find(tenant, request);
    if (!session || !isGenuine || session.user.passwordExpiredAt)
      return this.answer(call, reply, { session, isRenewed: !isGenuine });
    // Anything but a clear yes is a no.
    const decision = form.get('decision') === 'allow' ? 'allow' : 'deny';
    const outcome = await this.requests.judge(tenant, { id, decision, session, context: requestContext(request) });
    const end = { counts: ENDS[decision], over: 'over', login: 'again' }[outcome];
    this.responder.redirect(reply, `${tenant.basePath}/requests/${end}`);
  }

  /** Where an answer leads to, and what is left of the address afterwards. */
  @Get(':result')
  async result(@Param('result') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const tenant = tenantOf(request);
    const told = RESULTS.find((each) => each === name);
    if (!told) return this.responder.redirect(reply, `${tenant.basePath}/requests`);
    const browser = bindBrowser(tenant, request, reply);
    const session = await this.sessions.find(tenant, request);
    const call = { tenant, request, browser };
    if (told === 'again') return this.responder.page(reply, this.pages.login(call, undefined, session));
    await this.answer(call, reply, { session, told });
  }

  private read(request: FastifyRequest, reply: FastifyReply, sent: string | undefined) {
    const tenant: Tenant = tenantOf(request);
    const known = browserHashOf(tenant, request) ?? undefined;
    const call: RequestsCall = { tenant, request, browser: bindBrowser(tenant, request, reply) };
    return {
      tenant,
      call,
      isGenuine: this.csrf.isGenuine(request, { ...this.pages.binding(call), secret: known }, sent),
    };
  }

  private async answer(
    call: RequestsCall,
    reply: FastifyReply,
    { session, ...about }: { session: AuthenticatedSession | null; told?: RequestsView['told']; isRenewed?: boolean },
  ): Promise<void> {
    if (!session) return this.responder.page(reply, this.pages.login(call));
    if (session.user.passwordExpiredAt) return this.responder.page(reply, this.pages.newPassword(call, session));
    const waiting = await this.requests.list(call.tenant, session.userId);
    this.responder.page(reply, this.pages.list(call, { session, waiting, ...about }));
  }
}

/** `again`: RFC 9470 §5, the sign-in is not what a resource demands. */
const RESULTS = ['allowed', 'denied', 'over', 'again'] as const;
const ENDS = { allow: 'allowed', deny: 'denied' } as const;

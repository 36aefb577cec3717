/** @spec RFC 8628 §3.3, §3.3.1 — where the user types the code that a device shows; what follows is asked as of any app (S-157). */
import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { AuthorizationResponder, bindBrowser, browserHashOf, DeviceRequests, PageErrorFilter } from '@tokenidp/oauth';
import { tenantOf } from '@tokenidp/tenancy';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Csrf } from '../csrf';
import { readForm } from '../forms';
import { DEVICE_RESULTS } from '../pages/device-result';
import { requestContext } from '../request-context';
import { SessionsService } from '../sessions/sessions.service';
import { type CodeForm, DevicePages } from './device-pages';
import { UserCodeLimit } from './user-code-limit';

const MAX_SHOWN = 32;

@Public()
@Controller('device')
@UseFilters(PageErrorFilter)
export class DeviceController {
  constructor(
    private readonly devices: DeviceRequests,
    private readonly limit: UserCodeLimit,
    private readonly sessions: SessionsService,
    private readonly pages: DevicePages,
    private readonly responder: AuthorizationResponder,
    private readonly csrf: Csrf,
  ) {}

  /** Opening the link decides nothing and looks nothing up, whatever it holds. */
  @Get()
  show(@Query('user_code') given: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const tenant = tenantOf(request);
    const browser = bindBrowser(tenant, request, reply);
    const code = typeof given === 'string' ? (this.devices.read(given) ?? '') : '';
    this.responder.page(reply, this.pages.code({ tenant, request, browser, code, isGiven: code !== '' }));
  }

  @Post()
  async enter(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const tenant = tenantOf(request);
    const typed = form.get('user_code') ?? '';
    const known = browserHashOf(tenant, request) ?? undefined;
    const browser = bindBrowser(tenant, request, reply);
    const shown: CodeForm = { tenant, request, browser, code: typed.slice(0, MAX_SHOWN) };
    const binding = { ...this.pages.binding(shown), secret: known };
    const again = (refusal: CodeForm['refusal']) => this.responder.page(reply, this.pages.code({ ...shown, refusal }));
    if (!this.csrf.isGenuine(request, binding, form.get('csrf'))) return again({ kind: 'renewed' });
    const code = this.devices.read(typed);
    if (code === null) return again({ kind: typed.trim() === '' ? 'missing' : 'malformed' });
    const context = requestContext(request);
    const attempt = { tenant, browser, context, session: await this.sessions.find(tenant, request) };
    const waitSeconds = await this.limit.take(attempt);
    if (waitSeconds > 0) return again({ kind: 'blocked', waitSeconds });
    const outcome = await this.devices.begin({ tenant, http: request, reply }, code);
    if (!outcome) return again({ kind: 'unknown' });
    await this.limit.clear(attempt);
    this.responder.send(request, reply, outcome);
  }

  /** Where the answer leads to, and what is left of the address afterwards. */
  @Get(':result')
  result(@Param('result') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const tenant = tenantOf(request);
    const result = DEVICE_RESULTS.find((each) => each === name);
    if (!result) return this.responder.redirect(reply, `${tenant.basePath}/device`);
    this.responder.page(reply, this.pages.result({ tenant, request }, result));
  }
}

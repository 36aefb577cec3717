import { Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { Public } from '@tokenidp/kernel';
import { AuthorizationResponder, PageErrorFilter, type Parameters, type RenderedPage } from '@tokenidp/oauth';
import { type Tenant, tenantOf } from '@tokenidp/tenancy';
import { UsersError } from '@tokenidp/users';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Csrf, type CsrfBinding } from '../csrf';
import { readForm } from '../forms';
import { PageRenderer } from '../page-renderer';
import { SETUP_FIELDS, SetupGonePage, SetupPage } from '../pages/setup';
import { requestContext } from '../request-context';
import { SessionsService } from '../sessions/sessions.service';
import { errorsOfForm, errorsOfUser, type SetupErrors } from './setup-errors';
import { SetupService } from './setup.service';

interface SetupForm {
  tenant: Tenant;
  request: FastifyRequest;
  token: string;
  form?: Parameters;
  errors?: SetupErrors;
  /** the form was not from this page */
  renewed?: boolean;
}

/** @spec RFC 9700 §4.12 — the first administrator of a fresh install; the token is the form's secret and spent by it. */
@Public()
@Controller('setup')
@UseFilters(PageErrorFilter)
export class SetupController {
  constructor(
    private readonly setup: SetupService,
    private readonly sessions: SessionsService,
    private readonly renderer: PageRenderer,
    private readonly responder: AuthorizationResponder,
    private readonly csrf: Csrf,
  ) {}

  @Get()
  async show(
    @Query('token') token: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const tenant = tenantOf(request);
    const isLive = typeof token === 'string' && (await this.setup.isLive(tenant, token));
    this.responder.page(reply, isLive ? this.page({ tenant, request, token }) : this.gone(tenant, request));
  }

  @Post()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const form = readForm(request);
    const tenant = tenantOf(request);
    const token = form.get('token') ?? '';
    if (!(await this.setup.isLive(tenant, token))) return this.responder.page(reply, this.gone(tenant, request));
    const sent = { tenant, request, token, form };
    if (!this.csrf.isGenuine(request, binding(sent), form.get('csrf'))) {
      return this.responder.page(reply, this.page({ ...sent, renewed: true }));
    }
    const errors = errorsOfForm(form);
    if (Object.keys(errors).length > 0) return this.responder.page(reply, this.page({ ...sent, errors }));
    await this.redeem(sent, reply);
  }

  private async redeem(sent: SetupForm & { form: Parameters }, reply: FastifyReply): Promise<void> {
    const { tenant, request, token, form } = sent;
    const value = (name: string): string => form.get(name)!;
    const input = { email: value('email'), username: value('username'), password: value('password') };
    try {
      const user = await this.setup.redeem(tenant, token, input, requestContext(request));
      if (!user) return this.responder.page(reply, this.gone(tenant, request));
      await this.sessions.begin({ tenant, request, reply }, { user, amr: ['pwd'], current: null });
      this.responder.redirect(reply, `${tenant.basePath}/`);
    } catch (error) {
      const errors = error instanceof UsersError ? errorsOfUser(error) : undefined;
      if (!errors) throw error;
      this.responder.page(reply, this.page({ ...sent, errors }));
    }
  }

  private page(setup: SetupForm): RenderedPage {
    const { tenant, request, token, form, errors, renewed } = setup;
    const status = renewed ? 403 : errors ? 400 : 200;
    const minLength = tenant.settings.password.minLength;
    return this.renderer.render({ tenant, request }, { status }, (frame) => {
      const { texts } = frame;
      const told = SETUP_FIELDS.flatMap((field) => {
        const key = errors?.[field];
        return key ? [[field, texts.text(key, { length: minLength, tenant: tenant.displayName })]] : [];
      });
      const view = {
        form: { action: `${tenant.basePath}/setup`, csrf: this.csrf.issue(binding(setup)) },
        ...{ token, minLength, email: form?.get('email') ?? '', username: form?.get('username') ?? '' },
        alert: renewed ? texts.text('form.renewed') : undefined,
        errors: Object.fromEntries(told) as SetupErrors,
      };
      return <SetupPage frame={frame} view={view} />;
    });
  }

  private gone(tenant: Tenant, request: FastifyRequest): RenderedPage {
    return this.renderer.render({ tenant, request }, { status: 410 }, (frame) => <SetupGonePage frame={frame} />);
  }
}

function binding({ tenant, token }: SetupForm): CsrfBinding {
  return { tenant, subject: 'setup', secret: token };
}

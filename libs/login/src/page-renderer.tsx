import { Injectable } from '@nestjs/common';
import type { OAuthError } from '@tokenidp/kernel';
import {
  type ErrorPage as ErrorPageModel,
  type FormPostPage as FormPostPageModel,
  type LogoutConfirmPage as LogoutConfirmPageModel,
  PagePort,
  type RenderedPage,
  type SignedOutPage as SignedOutPageModel,
} from '@tokenidp/oauth';
import { cookieName, DEFAULT_TENANT_SETTINGS, splitTenantPath, type Tenant } from '@tokenidp/tenancy';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { randomBytes } from 'node:crypto';
import { Assets } from './assets/assets';
import { contentSecurityPolicy, embeddedPolicy, PAGE_HEADERS, type PageTargets } from './csp';
import { chooseLocale } from './i18n/locale';
import { Texts } from './i18n/texts';
import { accentColours } from './pages/accent';
import { appLink, appName, hostOf, webAddress } from './pages/client-links';
import { CheckSessionPage } from './pages/check-session';
import { ERROR_REASONS, ErrorPage, type ErrorReason } from './pages/error';
import { FormPostPage } from './pages/form-post';
import type { PageFrame } from './pages/frame';
import { PRODUCT } from './pages/layout';
import { LogoutConfirmPage } from './pages/logout-confirm';
import { SignedOutPage } from './pages/signed-out';

/** What a page shows of a tenant. */
type PageTenant = Pick<Tenant, 'displayName' | 'basePath' | 'issuer' | 'settings'>;

export interface PageContext {
  tenant: PageTenant;
  request: FastifyRequest;
  /** of the authorization request; the query's own when absent */
  uiLocales?: readonly string[];
}

export interface PageOptions extends PageTargets {
  status?: number;
  headers?: Readonly<Record<string, string>>;
}

/** Turns a page into what is sent: language, nonces, policy and headers are decided here, for all pages alike. */
@Injectable()
export class PageRenderer extends PagePort {
  constructor(private readonly assets: Assets) {
    super();
  }

  render(context: PageContext, options: PageOptions, page: (frame: PageFrame) => VNode): RenderedPage {
    const frame = this.frame(context);
    const headers = {
      ...PAGE_HEADERS,
      'content-language': frame.texts.locale,
      'content-security-policy': contentSecurityPolicy(frame.nonces, options),
      ...options.headers,
    };
    return { status: options.status ?? 200, headers, body: `<!DOCTYPE html>${renderToString(page(frame))}` };
  }

  /** The words of the language that the context asks for. */
  texts({ tenant, request, uiLocales }: PageContext): Texts {
    const locale = chooseLocale({
      uiLocales: uiLocales ?? localesOfQuery(request.query),
      acceptLanguage: request.headers['accept-language'],
      tenant: tenant.settings.locales,
    });
    return Texts.of(locale);
  }

  error(
    owner: Tenant | undefined,
    request: FastifyRequest,
    { error, client, continueTo }: ErrorPageModel,
  ): RenderedPage {
    const tenant = owner ?? nobody(request);
    const retryAfterSeconds = Number(error.headers?.['retry-after'] ?? Number.NaN);
    return this.render({ tenant, request }, { status: error.status, headers: error.headers }, (frame) => (
      <ErrorPage
        frame={frame}
        view={{
          reason: reasonOf(error),
          requestId: request.id,
          detail: `${error.error}: ${error.description}`,
          retryAfterSeconds: Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : undefined,
          app: appLink(tenant, client, frame.texts.locale),
          onward: continueTo ? { host: hostOf(continueTo), href: continueTo } : undefined,
        }}
      />
    ));
  }

  formPost(tenant: Tenant, request: FastifyRequest, { client, action, fields }: FormPostPageModel): RenderedPage {
    return this.render({ tenant, request }, { formTargets: [action] }, (frame) => (
      <FormPostPage frame={frame} view={{ action, fields, appName: appName(client, frame.texts.locale) }} />
    ));
  }

  logoutConfirm(tenant: Tenant, request: FastifyRequest, page: LogoutConfirmPageModel): RenderedPage {
    const { session, client, action, confirmation, redirectUri } = page;
    const formTargets = redirectUri ? [redirectUri] : [];
    return this.render({ tenant, request }, { formTargets }, (frame) => (
      <LogoutConfirmPage
        frame={frame}
        view={{
          action,
          confirmation,
          user: session.user.username,
          appName: client && appName(client, frame.texts.locale),
          stay: appLink(tenant, client, frame.texts.locale)?.href ?? frame.tenant.home,
        }}
      />
    ));
  }

  signedOut(tenant: Tenant, request: FastifyRequest, page: SignedOutPageModel): RenderedPage {
    const { client, frames, continueTo } = page;
    return this.render({ tenant, request }, { frames }, (frame) => (
      <SignedOutPage frame={frame} view={{ app: appLink(tenant, client, frame.texts.locale), frames, continueTo }} />
    ));
  }

  checkSession(tenant: Tenant): RenderedPage {
    const nonces = { script: nonce(), style: nonce() };
    const { checkSession } = this.assets.addresses(tenant.basePath);
    const page = <CheckSessionPage script={checkSession} nonce={nonces.script} cookie={cookieName(tenant, 'bs')} />;
    const headers = {
      ...PAGE_HEADERS,
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': embeddedPolicy(nonces),
    };
    return { status: 200, headers, body: `<!DOCTYPE html>${renderToString(page)}` };
  }

  private frame(context: PageContext): PageFrame {
    const { tenant } = context;
    const { accent, logoUri } = tenant.settings.branding;
    return {
      texts: this.texts(context),
      tenant: {
        name: tenant.displayName,
        home: `${tenant.basePath}/`,
        logo: ownImage(tenant, logoUri),
        accent: accentColours(accent),
      },
      assets: this.assets.addresses(tenant.basePath),
      nonces: { script: nonce(), style: nonce() },
    };
  }
}

/** While nobody can say whose page it is: without a name, and its links at the address that was asked for. */
function nobody({ originalUrl }: FastifyRequest): PageTenant {
  const { slug } = splitTenantPath(originalUrl);
  const basePath = slug === undefined ? '' : `/t/${slug}`;
  return { displayName: PRODUCT, basePath, issuer: '', settings: DEFAULT_TENANT_SETTINGS };
}

function nonce(): string {
  return randomBytes(18).toString('base64url');
}

function localesOfQuery(query: unknown): string[] | undefined {
  const locales = (query as { ui_locales?: unknown } | null)?.ui_locales;
  return typeof locales === 'string' ? locales.split(' ').slice(0, 20) : undefined;
}

/** S-009: a logo comes from the page's own host or from the address itself, never from a third party. */
function ownImage({ issuer }: PageTenant, logoUri: string | undefined): string | undefined {
  if (!logoUri) return undefined;
  if (/^data:image\/(?:png|jpeg|webp|svg\+xml);base64,[a-z0-9+/=]+$/i.test(logoUri)) return logoUri;
  return webAddress(logoUri) && new URL(logoUri).origin === new URL(issuer).origin ? logoUri : undefined;
}

function reasonOf({ error, status }: OAuthError): ErrorReason {
  if (status === 404) return 'not_found';
  return ERROR_REASONS.find((reason) => reason === error) ?? 'other';
}

import type { AuthenticatedSession, InteractionView } from '@tokenidp/oauth';
import type { Tenant } from '@tokenidp/tenancy';
import type { FastifyRequest } from 'fastify';
import { readCookie } from '../cookies';
import type { CsrfBinding } from '../csrf';
import type { PageContext, PageOptions } from '../page-renderer';
import type { FormTarget } from '../pages/frame';

/** A pending request as one browser sees it. */
export interface OpenInteraction {
  tenant: Tenant;
  request: FastifyRequest;
  session: AuthenticatedSession | null;
  view: InteractionView;
}

export type InteractionStep = 'login' | 'password' | 'consent' | 'cancel' | 'register' | 'sign-in';

/** What an anti-forgery value of the interaction's forms is bound to. */
export function bindingOf({ tenant, request, view }: OpenInteraction): CsrfBinding {
  return { tenant, subject: `interaction:${view.id}`, secret: readCookie(tenant, request, 'ix') };
}

export function contextOf({ tenant, request, view }: OpenInteraction): PageContext {
  return { tenant, request, uiLocales: view.uiLocales };
}

export function optionsOf({ view }: OpenInteraction, status: number, retryAfterSeconds?: number): PageOptions {
  const headers = retryAfterSeconds === undefined ? undefined : { 'retry-after': String(retryAfterSeconds) };
  return { status, headers, formTargets: view.redirectUri === undefined ? [] : [view.redirectUri] };
}

export function stepUrl({ tenant, view }: OpenInteraction, step: InteractionStep): string {
  return `${tenant.basePath}/interaction/${view.id}/${step}`;
}

export function formOf(open: OpenInteraction, step: InteractionStep, csrf: string): FormTarget {
  return { action: stepUrl(open, step), csrf };
}

/** @spec OAuth 2.1 §3.1, OIDC Core §3.1.2.1 — the text of a request, by query or by form, for one strict reader. */
import { OAuthError } from '@tokenidp/kernel';
import type { FastifyRequest } from 'fastify';
import type { FormSource } from './form-parameters';

const FORM_TYPE = /^application\/x-www-form-urlencoded *(?:;|$)/i;

export function isForm({ headers }: FastifyRequest): boolean {
  return FORM_TYPE.test(headers['content-type'] ?? '');
}

/** The raw query. */
export function queryOf(request: FastifyRequest): FormSource {
  const at = request.url.indexOf('?');
  return at < 0 ? '' : request.url.slice(at + 1);
}

/** What was posted: a form, or nothing. Throws `invalid_request` (415) for anything else. */
export function formOf(request: FastifyRequest): FormSource {
  const type = request.headers['content-type'];
  if (type === undefined) return '';
  if (!FORM_TYPE.test(type)) throw new OAuthError('invalid_request', 'the content must be a form', { status: 415 });
  return request.body as FormSource;
}

/**
 * A request may be posted from another site, and then the browser holds back Lax cookies: only the page that it is
 * redirected to, by GET, can tell whether there is a session.
 */
export function hidesCookies(request: FastifyRequest): boolean {
  return request.method === 'POST' && request.headers['sec-fetch-site'] === 'cross-site';
}

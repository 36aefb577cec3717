/** @spec OAuth 2.1 §3.1 — a form is what a browser's form sends, and nothing else is read (S-015). */
import { OAuthError } from '@tokenidp/kernel';
import { Parameters } from '@tokenidp/oauth';
import type { FastifyRequest } from 'fastify';

const FORM_TYPE = /^application\/x-www-form-urlencoded *(?:;|$)/i;

/** The form's fields; one that is malformed or sent twice counts as absent. */
export function readForm(request: FastifyRequest): Parameters {
  const { body } = request;
  if (typeof body !== 'string' || !FORM_TYPE.test(request.headers['content-type'] ?? '')) {
    throw new OAuthError('invalid_request', 'the content must be a form', { status: 415 });
  }
  return Parameters.read(body).parameters;
}

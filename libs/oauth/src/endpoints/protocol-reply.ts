/** @spec OAuth 2.1 §3.2.3, RFC 6749 §5.2, RFC 6750 §3, RFC 9449 §7.1 — one way to answer, whether it is a token or a refusal. */
import { BearerError, OAuthError, ProblemError, UnavailableError } from '@tokenidp/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DPOP_SIGNING_ALGORITHMS } from '../tokens/dpop-proof';

export { contextOf } from '@tokenidp/admin-api';

const JSON_TYPE = 'application/json;charset=utf-8';
const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** 200 with a JSON text, not to be stored by anybody. */
export function sendJson(reply: FastifyReply, json: string): void {
  reply.headers(NO_STORE).type(JSON_TYPE).send(json);
}

/** 200 with a signed JWT (OIDC Core §5.3.2, RFC 9701 §5), not to be stored by anybody. */
export function sendJwt(reply: FastifyReply, jwt: string, type = 'application/jwt'): void {
  reply.headers(NO_STORE).type(type).send(jwt);
}

/** 200 without a body, not to be stored by anybody. */
export function sendNothing(reply: FastifyReply): void {
  reply.headers(NO_STORE).send();
}

/** Why a request failed, for the log: present when the answer does not tell it. */
export interface Failure {
  level: 'warn' | 'error';
  message: string;
  cause?: unknown;
}

/** Answers with the error in the dialect of the endpoint; returns what belongs in the log, if anything. */
export function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown): Failure | null {
  reply.headers(NO_STORE);
  if (error instanceof BearerError) return sendBearerError(request, reply, error);
  const known = toOAuthError(error);
  if (known.headers) reply.headers(known.headers);
  if (known.status === 401) reply.header('www-authenticate', `Basic realm="${realmOf(request)}", charset="UTF-8"`);
  reply.code(known.status).type(JSON_TYPE).send(JSON.stringify(known.toBody()));
  if (known.status >= 500) return { level: 'error', message: known.message, cause: known.cause ?? error };
  return known.detail === undefined ? null : { level: 'warn', message: known.detail, cause: known.cause };
}

function sendBearerError(request: FastifyRequest, reply: FastifyReply, error: BearerError): Failure | null {
  if (error.headers) reply.headers(error.headers);
  reply.code(error.status).header('www-authenticate', error.challenge(realmOf(request), DPOP_SIGNING_ALGORITHMS));
  // RFC 6750 §3.1: a request without credentials is told nothing but the scheme.
  if (error.error === undefined) reply.send();
  else reply.type(JSON_TYPE).send(JSON.stringify({ error: error.error, error_description: error.description }));
  return error.detail === undefined ? null : { level: 'warn', message: error.detail, cause: error.cause };
}

function realmOf(request: FastifyRequest): string {
  return request.tenant?.issuer ?? 'oauth';
}

/** What the framework refuses, by its status. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: 'the request is malformed',
  403: 'the request is not allowed here',
  404: 'there is nothing here',
  405: 'the method is not allowed here',
  408: 'the request took too long',
  413: 'the request is too large',
  414: 'the address is too long',
  415: 'the content type is not supported',
  429: 'there were too many requests',
  431: 'the header fields are too large',
};

/** Any error as one of the protocol; nothing from inside goes out. */
export function toOAuthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof UnavailableError) {
    const headers = { 'retry-after': String(error.retryAfterSeconds) };
    return new OAuthError('temporarily_unavailable', 'the service is not available', { headers, cause: error });
  }
  const status = statusOf(error);
  const refusal = status === undefined ? undefined : REFUSALS[status];
  const headers = error instanceof ProblemError ? error.headers : undefined;
  if (refusal !== undefined) return new OAuthError('invalid_request', refusal, { status, headers });
  return new OAuthError('server_error', 'something went wrong on our side', { cause: error });
}

/** Fastify's errors have `statusCode`, Nest's `getStatus`; the application's hooks throw problems. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof ProblemError) return error.status;
  if (typeof error !== 'object' || error === null) return undefined;
  const { statusCode, getStatus } = error as { statusCode?: unknown; getStatus?: unknown };
  if (typeof getStatus === 'function') return Number(getStatus.call(error));
  return typeof statusCode === 'number' ? statusCode : undefined;
}

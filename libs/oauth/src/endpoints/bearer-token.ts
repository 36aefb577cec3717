/**
 * @spec RFC 6750 §2.1, §2.2, §3.1, OAuth 2.1 §5.1 — the token in the header or in a form body, never in the query
 * (S-101); the scheme's case does not matter.
 */
import { BearerError } from '@tokenidp/kernel';
import type { FastifyRequest } from 'fastify';
import { type FormSource, Parameters } from './form-parameters';

const SCHEME = /^bearer(?: |$)/i;
const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/** Throws a bare challenge when there is no token, `invalid_request` when there is one too many. */
export function bearerToken(request: FastifyRequest): string {
  const inHeader = headerToken(request.headers.authorization);
  const inBody = request.method === 'POST' ? bodyToken(request.body) : undefined;
  if (inHeader !== undefined && inBody !== undefined) {
    throw new BearerError('invalid_request', 'the access token was sent more than once');
  }
  const token = inHeader ?? inBody;
  if (token === undefined) throw new BearerError(undefined, 'an access token is needed');
  return token;
}

/** Another scheme is no bearer credential at all; a malformed one is a token that is not valid. */
function headerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || !SCHEME.test(authorization)) return undefined;
  const match = BEARER.exec(authorization);
  if (!match) throw new BearerError('invalid_token', 'the access token is malformed');
  return match[1];
}

function bodyToken(body: unknown): string | undefined {
  const { parameters, fault } = Parameters.read(body as FormSource);
  if (fault) throw new BearerError('invalid_request', fault.description);
  return parameters.get('access_token');
}
